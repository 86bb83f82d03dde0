import { inverseIncompleteBeta } from "./incomplete-beta.ts";
import { type Interval, oneSided, type Side } from "./interval.ts";

/**
 * The exact one-sided bound of a proportion: whatever the true proportion, it lies beyond the bound with a
 * probability of at most 1 - confidence. That is why decisions use it.
 *
 * C. J. Clopper & E. S. Pearson, Biometrika 26 (1934) 404. `successes` and `trials` may be broken numbers, for
 * weighted rows: then it is the bound of E. L. Korn & B. I. Graubard, Survey Methodology 24 (1998) 193, on the
 * effective sample size. With no trials nothing is known, and the bound is 0 or 1.
 */
export function clopperPearsonBound(
  successes: number,
  trials: number,
  confidence: number,
  side: Side,
): number {
  const failures = Math.max(0, trials - successes);
  if (side === "lower") {
    if (successes <= 0) return 0;
    return inverseIncompleteBeta({ lower: 1 - confidence, upper: confidence }, successes, failures + 1).x;
  }
  if (failures <= 0) return 1;
  return inverseIncompleteBeta({ lower: confidence, upper: 1 - confidence }, successes + 1, failures).x;
}

/** The central two-sided interval. */
export function clopperPearson(successes: number, trials: number, confidence: number): Interval {
  const each = oneSided(confidence);
  return [
    clopperPearsonBound(successes, trials, each, "lower"),
    clopperPearsonBound(successes, trials, each, "upper"),
  ];
}
