import { shares } from "./shares.ts";

/**
 * Shannon's entropy of counts or shares, -sum p ln p, in nats, or in units of ln `base` (C. E. Shannon, Bell Syst.
 * Tech. J. 27 (1948) 379). Masses need not sum to 1; one of 0 adds nothing. NaN for masses that sum to 0.
 */
export function entropy(masses: ArrayLike<number>, base: number = Math.E): number {
  let sum = 0;
  for (const p of shares(masses)) if (p !== 0) sum -= p * Math.log(p);
  return sum / Math.log(base);
}
