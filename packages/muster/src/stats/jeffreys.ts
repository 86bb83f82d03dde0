import { inverseIncompleteBeta } from "./incomplete-beta.ts";
import { type Interval, oneSided } from "./interval.ts";

/**
 * The equal-tailed interval of a proportion under Jeffreys' prior: quantiles of Beta(successes + 1/2, failures + 1/2)
 * (L. D. Brown, T. T. Cai & A. DasGupta, Statistical Science 16 (2001) 101, section 4.3, with 0 and 1 at the ends).
 * R's binom.bayes is another one, of highest density.
 */
export function jeffreys(successes: number, trials: number, confidence: number): Interval {
  const far = oneSided(confidence);
  const a = successes + 0.5;
  const b = Math.max(0, trials - successes) + 0.5;
  return [
    successes <= 0 ? 0 : inverseIncompleteBeta({ lower: 1 - far, upper: far }, a, b).x,
    successes >= trials ? 1 : inverseIncompleteBeta({ lower: far, upper: 1 - far }, a, b).x,
  ];
}
