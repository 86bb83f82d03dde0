import { normalQuantile, normalTails } from "./normal.ts";

/** Two proportions that are to be told apart, one sample of the same size for each. */
export interface TwoProportions {
  readonly first: number;
  readonly second: number;
  readonly alpha: number;
  readonly sides: 1 | 2;
}

function parts({ first, second, alpha, sides }: TwoProportions) {
  const mean = (first + second) / 2;
  return {
    apart: Math.abs(first - second),
    bar: normalQuantile(1 - alpha / sides) * Math.sqrt(2 * mean * (1 - mean)),
    spread: Math.sqrt(first * (1 - first) + second * (1 - second)),
  };
}

/**
 * How likely samples of this size show the difference: the normal approximation with the pooled variance under no
 * difference (J. L. Fleiss, Statistical Methods for Rates and Proportions, 1981, equation 3.14).
 */
export function powerOfTwoProportions(each: number, plan: TwoProportions): number {
  const { apart, bar, spread } = parts(plan);
  return normalTails((Math.sqrt(each) * apart - bar) / spread).lower;
}

/** The size of each sample with which they show the difference with this probability; not rounded. */
export function sampleOfTwoProportions(power: number, plan: TwoProportions): number {
  const { apart, bar, spread } = parts(plan);
  return ((bar + normalQuantile(power) * spread) / apart) ** 2;
}
