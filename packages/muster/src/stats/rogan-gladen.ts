/** How often an instrument says no of what is wrong, out of so many, and yes of what is right. */
export interface Accuracy {
  readonly specificity: number;
  readonly negatives: number;
  readonly sensitivity: number;
  readonly positives: number;
}

/**
 * The true share of yes behind an instrument that errs (W. J. Rogan & B. Gladen, American Journal of Epidemiology 107
 * (1978) 71), with the variance by the delta method. The estimate may lie outside of 0 to 1. Null when sensitivity +
 * specificity - 1 (Youden's J) is below `leastYouden`: so weak an instrument cannot be corrected.
 */
export function roganGladen(
  share: number,
  rows: number,
  { specificity, negatives, sensitivity, positives }: Accuracy,
  leastYouden = 0.5,
): { readonly estimate: number; readonly standardError: number } | null {
  const youden = sensitivity + specificity - 1;
  if (!(youden >= leastYouden)) return null;
  const estimate = (share + specificity - 1) / youden;
  const variance =
    (share * (1 - share)) / rows +
    ((1 - estimate) ** 2 * specificity * (1 - specificity)) / negatives +
    (estimate ** 2 * sensitivity * (1 - sensitivity)) / positives;
  return { estimate, standardError: Math.sqrt(variance) / youden };
}
