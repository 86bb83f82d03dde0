import type { Tails } from "./incomplete-beta.ts";
import { incompleteGamma } from "./incomplete-gamma.ts";

/** P(Z <= z) and P(Z >= z) for a standard normal Z. */
export function normalTails(z: number): Tails {
  const { lower, upper } = incompleteGamma(0.5, (z * z) / 2);
  const tail = upper / 2;
  const body = 0.5 + lower / 2;
  return z < 0 ? { lower: tail, upper: body } : { lower: body, upper: tail };
}

/** The two-sided p-value of a standard normal statistic. */
export function normalTwoSided(z: number): number {
  return Math.min(1, 2 * normalTails(Math.abs(z)).upper);
}

/** The z below which a standard normal variable falls with this probability; 0 and 1 give the infinities. */
export function normalQuantile(probability: number): number {
  if (!(probability > 0)) return Number.NEGATIVE_INFINITY;
  if (!(probability < 1)) return Number.POSITIVE_INFINITY;
  if (probability === 0.5) return 0;
  const tail = Math.min(probability, 1 - probability);
  // Abramowitz & Stegun 26.2.23 is right to 4.5e-4; each Halley step triples the digits.
  const t = Math.sqrt(-2 * Math.log(tail));
  let z =
    t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (let i = 0; i < 3; i++) {
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    if (density === 0) break;
    const step = (normalTails(z).upper - tail) / density;
    z += step / (1 + (z * step) / 2);
  }
  return probability < 0.5 ? -z : z;
}
