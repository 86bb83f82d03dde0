/**
 * What a table of true by predicted classes says of each class, in counts or sums of weights: right ones (`hits`),
 * all of that true class (`truth`), all predicted as it (`predicted`). Most metrics need no more of the table.
 */
export interface Margins {
  readonly hits: Float64Array;
  readonly truth: Float64Array;
  readonly predicted: Float64Array;
  readonly total: number;
}

/** `cells[i * classes + j]`: rows of the true class i that were predicted as j. */
export function marginsOf(cells: Float64Array, classes: number): Margins {
  const hits = new Float64Array(classes);
  const truth = new Float64Array(classes);
  const predicted = new Float64Array(classes);
  let total = 0;
  for (let i = 0; i < classes; i++) {
    hits[i] = cells[i * classes + i] ?? 0;
    for (let j = 0; j < classes; j++) {
      const cell = cells[i * classes + j] ?? 0;
      truth[i] = (truth[i] ?? 0) + cell;
      predicted[j] = (predicted[j] ?? 0) + cell;
      total += cell;
    }
  }
  return { hits, truth, predicted, total };
}
