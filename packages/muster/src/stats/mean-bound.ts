import type { Side } from "./interval.ts";
import { tQuantile } from "./student-t.ts";

/** The one-sided bound of a mean by Student's t. */
export function meanBound(
  mean: number,
  standardError: number,
  degreesOfFreedom: number,
  confidence: number,
  side: Side,
): number {
  const spread = tQuantile(confidence, degreesOfFreedom) * standardError;
  return side === "lower" ? mean - spread : mean + spread;
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
