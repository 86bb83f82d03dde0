import { shares } from "./shares.ts";

/**
 * The Kullback-Leibler divergence of p from q, sum p ln(p/q), in nats (S. Kullback & R. A. Leibler, Ann. Math.
 * Statist. 22 (1951) 79). Both are counts or shares of the same cells, at least as many as `p` has, and are scaled to
 * sum 1. Infinite where p has mass and q has none: smooth counts first. NaN when either sums to 0.
 */
export function klDivergence(p: ArrayLike<number>, q: ArrayLike<number>): number {
  return klOfShares(shares(p), shares(q));
}

/** As `klDivergence`, of shares as they are: they need not sum to 1. */
export function klOfShares(p: ArrayLike<number>, q: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const [left, right] = [p[i] ?? 0, q[i] ?? 0];
    if (left !== 0) sum += left * Math.log(left / right);
  }
  return sum;
}
