/**
 * The accuracy that is measured against labels of which only a share is right, for two classes, noise that does not
 * depend on the class, and errors that do not depend on the model's: a q + (1 - a)(1 - q). A perfect model is
 * measured at the labels' own accuracy, whatever the classes.
 */
export function measuredAccuracy(accuracy: number, labelAccuracy: number): number {
  return accuracy * labelAccuracy + (1 - accuracy) * (1 - labelAccuracy);
}
