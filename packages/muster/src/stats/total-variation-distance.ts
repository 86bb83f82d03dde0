import { shares } from "./shares.ts";

/** Half the sum of |p - q|, from 0 to 1: the largest difference in the share of any set of cells. Scaled to sum 1. */
export function totalVariationDistance(p: ArrayLike<number>, q: ArrayLike<number>): number {
  const [left, right] = [shares(p), shares(q)];
  let sum = 0;
  for (let i = 0; i < left.length; i++) sum += Math.abs((left[i] ?? 0) - (right[i] ?? 0));
  return sum / 2;
}

/**
 * What the total variation distance between samples of n and m rows of one and the same distribution comes to on
 * average: sum sqrt(2/pi p(1-p)(1/n + 1/m)) / 2, from the mean of |Z| for a normal Z. Good from about 5 expected rows
 * a cell on. NaN for masses that sum to 0.
 */
export function totalVariationNoise(masses: ArrayLike<number>, n: number, m: number): number {
  let sum = 0;
  for (const p of shares(masses)) sum += Math.sqrt((2 / Math.PI) * p * (1 - p) * (1 / n + 1 / m));
  return sum / 2;
}
