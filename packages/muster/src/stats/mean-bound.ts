import type { Side } from "./interval.ts";
import { tQuantile } from "./student-t.ts";

/** A mean with what its bound needs. */
export interface MeanEstimate {
  readonly mean: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
  /** Of the mean itself: the rows' skewness divided by the root of their number. 0 for symmetric rows. */
  readonly skewness: number;
}

/**
 * The one-sided bound of a mean by Student's t, with P. Hall's transformation for skewed rows (JRSS B 54 (1992) 221).
 * Losses are mostly small and seldom large, and plain t then promises too small a loss: on squared
 * normal errors of 30 rows its upper bound misses 12 % of the time instead of 5 %.
 */
export function meanBound(estimate: MeanEstimate, confidence: number, side: Side): number {
  const { mean, standardError, degreesOfFreedom, skewness } = estimate;
  const t = tQuantile(confidence, degreesOfFreedom) * (side === "lower" ? 1 : -1);
  return mean - standardError * withoutSkew(t, skewness);
}

function withoutSkew(t: number, skewness: number): number {
  // The transformation tends to t itself, but as 0/0.
  if (Math.abs(skewness) < 1e-6) return t;
  return (3 / skewness) * (Math.cbrt(1 + skewness * (t - skewness / 6)) - 1);
}

/**
 * The one-sided bound of the mean of values within [0, 1] that holds for any distribution and any size (A. Maurer
 * & M. Pontil, COLT 2009, theorem 4). Wide for few rows, but never wrong the way t is on skewed values.
 * `variance` divides by n - 1.
 */
export function boundedMeanBound(
  mean: number,
  variance: number,
  rows: number,
  confidence: number,
  side: Side,
): number {
  const log = Math.log(2 / (1 - confidence));
  const spread = Math.sqrt((2 * variance * log) / rows) + (7 * log) / (3 * (rows - 1));
  return side === "lower" ? Math.max(0, mean - spread) : Math.min(1, mean + spread);
}
