import type { Margins } from "./confusion.ts";

/**
 * Matthews' correlation of true and predicted classes, for any number of them (J. Gorodkin, Computational Biology
 * and Chemistry 28 (2004) 367). By definition 0 where truth or prediction is constant: a constant has no
 * correlation to show.
 */
export function matthewsCorrelation(margins: Margins): number {
  const n = margins.total;
  let hits = 0;
  let both = 0;
  let truth = 0;
  let predicted = 0;
  for (let k = 0; k < margins.hits.length; k++) {
    const t = margins.truth[k] ?? 0;
    const p = margins.predicted[k] ?? 0;
    hits += margins.hits[k] ?? 0;
    both += t * p;
    truth += t * t;
    predicted += p * p;
  }
  const spread = (n * n - truth) * (n * n - predicted);
  return spread > 0 ? (hits * n - both) / Math.sqrt(spread) : 0;
}
