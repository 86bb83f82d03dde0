import { klOfShares } from "./kl-divergence.ts";
import { shares } from "./shares.ts";

/**
 * The Jensen-Shannon distance, sqrt((KL(p||m) + KL(q||m)) / 2) with m = (p + q)/2 (D. M. Endres & J. E. Schindelin,
 * IEEE Trans. Inf. Theory 49 (2003) 1858), of counts or shares scaled to sum 1. At most 1 with base 2, the default,
 * and at most 0.8326 with base e.
 */
export function jensenShannonDistance(p: ArrayLike<number>, q: ArrayLike<number>, base: number = 2): number {
  return Math.sqrt(jensenShannonDivergence(p, q, base));
}

/** The square of `jensenShannonDistance`; never below 0. */
export function jensenShannonDivergence(
  p: ArrayLike<number>,
  q: ArrayLike<number>,
  base: number = 2,
): number {
  const [left, right] = [shares(p), shares(q)];
  const middle = left.map((share, i) => (share + (right[i] ?? 0)) / 2);
  // Rounding can leave a little less than nothing.
  return Math.max(0, (klOfShares(left, middle) + klOfShares(right, middle)) / 2) / Math.log(base);
}
