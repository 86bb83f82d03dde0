import { incompleteGamma } from "./incomplete-gamma.ts";
import type { Side } from "./interval.ts";

/**
 * The exact one-sided bound of the mean of a Poisson count (F. Garwood, Biometrika 28 (1936) 437). `count` may be a broken
 * number, for counts that vary more than Poisson's and are worth fewer.
 */
export function poissonBound(count: number, confidence: number, side: Side): number {
  if (side === "lower" && !(count > 0)) return 0;
  const shape = side === "lower" ? count : count + 1;
  const wanted = side === "lower" ? 1 - confidence : confidence;
  let low = 0;
  let high = shape + 10 * Math.sqrt(shape) + 50;
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (incompleteGamma(shape, middle).lower < wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
