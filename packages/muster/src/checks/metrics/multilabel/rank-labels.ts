/** One row's ranking of classes against those that it has. */
export interface RowRanking {
  /** How far down the ranking one has to go to meet every true class; 0 without any. */
  readonly coverage: number;
  /** The mean over true classes of the share of true ones among those ranked as high; 1 without any or with all. */
  readonly averagePrecision: number;
  /** The share of pairs of a true and a false class that are not in order, ties included; 0 without such a pair. */
  readonly loss: number;
}

/**
 * Ties count as the worst rank, as in scikit-learn (G. Tsoumakas, I. Katakis & I. Vlahavas, Mining multi-label data, 2010;
 * average precision of R. E. Schapire & Y. Singer 2000). Null when a label is not 0 or 1, or a score is missing.
 */
export function rankLabels(truth: Float64Array, scores: Float64Array): RowRanking | null {
  const n = truth.length;
  let positives = 0;
  for (let k = 0; k < n; k++) {
    if (!(truth[k] === 0 || truth[k] === 1) || !Number.isFinite(scores[k])) return null;
    positives += truth[k] ?? 0;
  }
  let coverage = 0;
  let precisions = 0;
  let disordered = 0;
  for (let k = 0; k < n; k++) {
    if (truth[k] !== 1) continue;
    let asHigh = 0;
    let trueAsHigh = 0;
    for (let j = 0; j < n; j++) {
      if ((scores[j] ?? 0) < (scores[k] ?? 0)) continue;
      asHigh++;
      if (truth[j] === 1) trueAsHigh++;
    }
    coverage = Math.max(coverage, asHigh);
    precisions += trueAsHigh / asHigh;
    disordered += asHigh - trueAsHigh;
  }
  const clear = positives === 0 || positives === n;
  return {
    coverage,
    averagePrecision: clear ? 1 : precisions / positives,
    loss: clear ? 0 : disordered / (positives * (n - positives)),
  };
}
