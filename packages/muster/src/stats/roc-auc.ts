import { known, type Statistic, undefinedBecause } from "./statistic.ts";

/**
 * Positives and negatives (counts, or sums of weights) for each distinct score or score cell, in ascending order
 * of the score. Rows that share a cell count as tied.
 */
export interface ScoreCells {
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

export function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** The chance that a positive scores above a negative, ties counting half: the area under the ROC curve. */
export function rocAuc(cells: ScoreCells): Statistic {
  const P = total(cells.positives);
  const N = total(cells.negatives);
  if (P <= 0) return undefinedBecause("there is no positive row");
  if (N <= 0) return undefinedBecause("there is no negative row");
  let below = 0;
  let pairs = 0;
  for (let b = 0; b < cells.positives.length; b++) {
    const n = cells.negatives[b] ?? 0;
    pairs += (cells.positives[b] ?? 0) * (below + n / 2);
    below += n;
  }
  return known(pairs / P / N);
}

/**
 * How far the AUC of the rows can lie from the AUC of their cells: at worst all pairs within each cell stand one
 * way, so half of their share. 0 for cells that hold one score each says nothing, as those ties are real.
 */
export function rocAucHalfWidth(cells: ScoreCells): number {
  const pairs = total(cells.positives) * total(cells.negatives);
  if (pairs <= 0) return 0;
  let within = 0;
  for (let b = 0; b < cells.positives.length; b++) {
    within += (cells.positives[b] ?? 0) * (cells.negatives[b] ?? 0);
  }
  return outward(within / (2 * pairs));
}

/** Sums of doubles may end a hair inside of what they stand for; a bound that certifies has to lie outside of it. */
export function outward(halfWidth: number): number {
  return halfWidth > 0 ? halfWidth + 1e-12 : 0;
}
