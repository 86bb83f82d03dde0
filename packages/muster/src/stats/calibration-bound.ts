import type { CalibrationBin } from "./calibration-error.ts";
import type { Side } from "./interval.ts";
import { normalQuantile } from "./normal.ts";

/** What the bound of a mean gap in fixed bins of equal width over 0..1 stands on. */
export interface GapSpread {
  /** At most the mean of (score - outcome)². */
  readonly square: number;
  /** At most how far chance lifts the error: bins without a gap show one, too. */
  readonly lift: number;
}

/** From the sums of each bin; within one, scores are at its ends at worst. `rows` is the number that the bins are worth. */
export function gapSpread(bins: readonly CalibrationBin[], rows: number): GapSpread {
  const all = bins.reduce((sum, bin) => sum + bin.rows, 0);
  let square = 0;
  let lift = 0;
  bins.forEach((bin, b) => {
    if (!(bin.rows > 0)) return;
    const rate = bin.right / bin.rows;
    const ends = rate * (1 - b / bins.length) ** 2 + (1 - rate) * ((b + 1) / bins.length) ** 2;
    square += (bin.rows / all) * ends;
    lift += Math.sqrt(((bin.rows / all) * ends) / rows);
  });
  return { square, lift };
}

/**
 * The one-sided bound of the mean gap. It is the mean over rows of score - outcome, each with the sign of its bin's true gap; in
 * a sample the signs that are seen make it larger than the true ones, so that from above the error of that mean suffices.
 * From below the error is taken off by how far chance lifts it, and by C. McDiarmid's inequality (Surveys in Combinatorics,
 * 1989, 148), as one row moves it by at most 2 / rows.
 */
export function gapBound(
  gap: number,
  { square, lift }: GapSpread,
  rows: number,
  confidence: number,
  side: Side,
): number {
  if (side === "upper") return Math.min(1, gap + normalQuantile(confidence) * Math.sqrt(square / rows));
  return Math.max(0, gap - lift - Math.sqrt((2 * Math.log(1 / (1 - confidence))) / rows));
}
