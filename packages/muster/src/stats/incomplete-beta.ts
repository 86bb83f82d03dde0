import { logBinomialMass } from "./saddle-point.ts";

/** A probability and its complement, each with all its digits: 1 - lower would lose those of a small upper. */
export interface Tails {
  readonly lower: number;
  readonly upper: number;
}

/**
 * The regularised incomplete beta function I_x(a, b) and its complement, for a, b > 0. `y` is 1 - x, for callers
 * that know it better than by subtraction.
 */
export function incompleteBeta(x: number, a: number, b: number, y: number = 1 - x): Tails {
  if (!(x > 0)) return { lower: 0, upper: 1 };
  if (!(y > 0)) return { lower: 1, upper: 0 };
  // DLMF 8.17.22 converges quickly below the mean; above it the symmetry I_x(a, b) = 1 - I_y(b, a) helps.
  if (x <= (a + 1) / (a + b + 2)) {
    const lower = Math.min(1, belowMean(x, y, a, b));
    return { lower, upper: 1 - lower };
  }
  const upper = Math.min(1, belowMean(y, x, b, a));
  return { lower: 1 - upper, upper };
}

function belowMean(x: number, y: number, a: number, b: number): number {
  // x^a y^b / (a B(a,b)) is the binomial mass times b / (a + b).
  const front = Math.exp(logBinomialMass(a, b, x, y)) * (b / (a + b));
  return front * continuedFraction(x, a, b);
}

/** Enough for any count of rows that fits in a number exactly; more would only hang on absurd input. */
const mostSteps = 1_000_000;

/** Lentz' algorithm; about sqrt(max(a, b)) steps are needed. */
function continuedFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const keep = (v: number): number => (Math.abs(v) < tiny ? tiny : v);
  const steps = Math.min(mostSteps, 200 + 10 * Math.ceil(Math.sqrt(Math.max(a, b))));
  let c = 1;
  let d = 1 / keep(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m <= steps; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / keep(1 + even * d);
    c = keep(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / keep(1 + odd * d);
    c = keep(1 + odd / c);
    const delta = d * c;
    h *= delta;
    if (Math.abs(delta - 1) < 1e-16) break;
  }
  return h;
}

/**
 * Where I_x(a, b) reaches the probability: x and 1 - x. Both tails of the probability come in, so that a quantile
 * at 1 - 1e-12 is as exact as one at 1e-12.
 */
export function inverseIncompleteBeta(
  probability: Tails,
  a: number,
  b: number,
): { readonly x: number; readonly y: number } {
  if (probability.lower <= 0) return { x: 0, y: 1 };
  if (probability.upper <= 0) return { x: 1, y: 0 };
  const half = incompleteBeta(0.5, a, b);
  const lowerHalf =
    probability.lower <= probability.upper
      ? half.lower >= probability.lower
      : half.upper <= probability.upper;
  if (lowerHalf) {
    const x = solveInLowerHalf(probability, a, b);
    return { x, y: 1 - x };
  }
  const y = solveInLowerHalf({ lower: probability.upper, upper: probability.lower }, b, a);
  return { x: 1 - y, y };
}

/** Bisects [0, 1/2] with Newton steps where they stay inside; small x are halved in their exponent. */
function solveInLowerHalf(probability: Tails, a: number, b: number): number {
  const useLower = probability.lower <= probability.upper;
  let low = 0;
  let high = 0.5;
  let x = Math.min(0.5, Math.max(1e-300, a / (a + b)));
  for (let i = 0; i < 400; i++) {
    const at = incompleteBeta(x, a, b);
    const excess = useLower ? at.lower - probability.lower : probability.upper - at.upper;
    if (excess === 0) return x;
    if (excess > 0) high = x;
    else low = x;
    if (high - low <= 2e-16 * high) return x;
    const slope = Math.exp(logBinomialMass(a, b, x, 1 - x)) * ((a * b) / (a + b) / (x * (1 - x)));
    const newton = x - excess / slope;
    if (Math.abs(newton - x) <= 1e-16 * x) return newton;
    if (newton > low && newton < high && i % 8 !== 7) x = newton;
    else x = high > 4 * low ? Math.sqrt(Math.max(low, 1e-300) * high) : (low + high) / 2;
  }
  return x;
}
