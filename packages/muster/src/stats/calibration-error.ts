import { known, type Statistic, undefinedBecause } from "./statistic.ts";

/** What fell into one bin of the score: rows (or weight), the sum of their scores, and how many were right. */
export interface CalibrationBin {
  readonly rows: number;
  readonly scores: number;
  readonly right: number;
}

/**
 * How far scores are from the rates that they promise: the gaps between mean score and observed rate in each bin,
 * as their mean weighted by rows (`l1`, the usual ECE), its root mean square (`l2`) or the largest (`max`).
 */
export function calibrationError(bins: readonly CalibrationBin[], norm: "l1" | "l2" | "max"): Statistic {
  let rows = 0;
  let sum = 0;
  let largest = 0;
  for (const bin of bins) {
    if (bin.rows <= 0) continue;
    const gap = Math.abs(bin.right - bin.scores) / bin.rows;
    rows += bin.rows;
    sum += bin.rows * (norm === "l2" ? gap * gap : gap);
    largest = Math.max(largest, gap);
  }
  if (rows <= 0) return undefinedBecause("there are no rows");
  if (norm === "max") return known(largest);
  return known(norm === "l2" ? Math.sqrt(sum / rows) : sum / rows);
}
