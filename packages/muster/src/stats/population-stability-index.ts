import { shares } from "./shares.ts";

/**
 * The population stability index, sum (p - q) ln(p/q) = KL(p||q) + KL(q||p), in nats (the divergence J of H. Jeffreys,
 * Proc. R. Soc. A 186 (1946) 453). Counts or shares of the same cells, scaled to sum 1. Infinite where only one of them
 * has mass.
 */
export function populationStabilityIndex(p: ArrayLike<number>, q: ArrayLike<number>): number {
  return psiOfShares(shares(p), shares(q));
}

/** As `populationStabilityIndex`, of shares as they are. A cell that is empty on both sides adds nothing. */
export function psiOfShares(p: ArrayLike<number>, q: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const [left, right] = [p[i] ?? 0, q[i] ?? 0];
    if (left !== right) sum += (left - right) * Math.log(left / right);
  }
  return sum;
}
