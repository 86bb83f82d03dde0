import type { Tails } from "./incomplete-beta.ts";
import { logPoissonMass } from "./saddle-point.ts";

/** The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 - P(a, x), for a > 0 and x >= 0. */
export function incompleteGamma(a: number, x: number): Tails {
  if (!(x > 0)) return { lower: 0, upper: 1 };
  if (x === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 };
  const mass = Math.exp(logPoissonMass(a, x));
  if (x < a + 1) {
    const lower = Math.min(1, mass * series(a, x));
    return { lower, upper: 1 - lower };
  }
  const upper = Math.min(1, mass * a * continuedFraction(a, x));
  return { lower: 1 - upper, upper };
}

/** DLMF 8.11.4: the sum of x^k / ((a+1) .. (a+k)). */
function series(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; k < 100_000; k++) {
    term *= x / (a + k);
    sum += term;
    if (term < sum * 1e-17) break;
  }
  return sum;
}

/** DLMF 8.9.2 by Lentz' algorithm. */
function continuedFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 100_000; i++) {
    const numerator = -i * (i - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const delta = c * d;
    h *= delta;
    if (Math.abs(delta - 1) < 1e-16) break;
  }
  return h;
}

/** P(X >= x) for a chi-squared variable with `df` degrees of freedom. */
export function chiSquaredUpper(x: number, df: number): number {
  return incompleteGamma(df / 2, x / 2).upper;
}
