import { logGamma } from "./log-gamma.ts";

// Uniform boundaries of S. R. Howard, A. Ramdas, J. McAuliffe & J. Sekhon, Annals of Statistics 49 (2021) 1055: what
// a sum of centred values crosses at any time with a probability of at most alpha. The numbers are those of
// their library confseq.

/** Where a boundary is to be tightest: at this variance of the sum (rows, for values of variance 1), at this level. */
export interface Tuning {
  readonly variance: number;
  readonly alpha: number;
}

/**
 * The precision of the mixing normal for which the two-sided boundary is about tightest there: confseq's closed form
 * v / (2 ln(1/alpha) + ln(1 + 2 ln(1/alpha))), an approximation of the lower branch of Lambert's W (proposition 3).
 */
export function normalMixtureRho({ variance, alpha }: Tuning): number {
  if (!(variance > 0 && alpha > 0 && alpha < 1))
    throw new RangeError("a boundary needs a variance above 0 and a level between 0 and 1");
  const twice = 2 * Math.log(1 / alpha);
  return variance / (twice + Math.log1p(twice));
}

/** The logarithm of the evidence against a mean of 0, when the sum is `sum` at that variance; two-sided. */
export function normalLogMixture(sum: number, variance: number, tuning: Tuning): number {
  const rho = normalMixtureRho(tuning);
  return 0.5 * Math.log(rho / (variance + rho)) + (sum * sum) / (2 * (variance + rho));
}

/** What the sum's size exceeds at any time with a probability of at most `alpha`; two-sided (equation 14). */
export function normalMixtureBound(variance: number, alpha: number, tuning: Tuning): number {
  const rho = normalMixtureRho(tuning);
  return Math.sqrt((variance + rho) * Math.log((variance + rho) / (alpha * alpha * rho)));
}

/**
 * The same evidence for values that lie at most `below` under and `above` over their mean, as those of a proportion
 * do: a beta-binomial mixture (proposition 7), two-sided.
 */
export function betaBinomialLogMixture(
  sum: number,
  variance: number,
  range: { readonly below: number; readonly above: number },
  tuning: Tuning,
): number {
  const { below: g, above: h } = range;
  const width = g + h;
  const r = Math.max(normalMixtureRho(tuning) - g * h, 1e-3 * g * h);
  const normaliser = logBeta(r / (g * width), r / (h * width));
  return (
    (variance / (g * h)) * Math.log(width) -
    ((variance / h + sum) / width) * Math.log(g) -
    ((variance / g - sum) / width) * Math.log(h) +
    logBeta((r + variance - g * sum) / (g * width), (r + variance + h * sum) / (h * width)) -
    normaliser
  );
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}
