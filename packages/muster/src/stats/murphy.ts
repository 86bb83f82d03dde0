import type { ReliabilityBin } from "./calibration-curve.ts";

/**
 * The Brier score of binned probabilities as reliability - resolution + uncertainty (A. H. Murphy, Journal of Applied
 * Meteorology 12 (1973) 595). Exact where all scores of a bin are equal; otherwise what varies within bins is left out.
 */
export interface Murphy {
  /** The mean squared gap between score and rate: 0 is best. */
  readonly reliability: number;
  /** The mean squared distance of the bins' rates from the overall one: more is better. */
  readonly resolution: number;
  /** rate x (1 - rate): what nobody can help. */
  readonly uncertainty: number;
}

/** NaN without rows. */
export function murphy(bins: readonly ReliabilityBin[]): Murphy {
  const rows = bins.reduce((sum, bin) => sum + bin.rows, 0);
  const rate = bins.reduce((sum, bin) => sum + bin.right, 0) / rows;
  let reliability = 0;
  let resolution = 0;
  for (const bin of bins) {
    reliability += bin.rows * ((bin.scores - bin.right) / bin.rows) ** 2;
    resolution += bin.rows * (bin.right / bin.rows - rate) ** 2;
  }
  return { reliability: reliability / rows, resolution: resolution / rows, uncertainty: rate * (1 - rate) };
}
