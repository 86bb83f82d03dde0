import { binomialUpper } from "./binomial-power.ts";

/**
 * The exact two-sided p-value of the hypothesis that two classifiers are wrong equally often, from the rows on which only
 * one of them is right: a binomial test of a half (Q. McNemar, Psychometrika 12 (1947) 153). 1 where there is none.
 */
export function mcnemar(onlyFirstRight: number, onlySecondRight: number): number {
  const trials = onlyFirstRight + onlySecondRight;
  if (trials === 0) return 1;
  return Math.min(1, 2 * binomialUpper(trials, Math.max(onlyFirstRight, onlySecondRight), 0.5));
}
