import { incompleteBeta } from "./incomplete-beta.ts";
import { normalQuantile } from "./normal.ts";

/** P(X >= successes) of that many trials. */
export function binomialUpper(trials: number, successes: number, probability: number): number {
  if (successes <= 0) return 1;
  if (successes > trials) return 0;
  return incompleteBeta(probability, successes, trials - successes + 1).lower;
}

/**
 * The fewest successes that show, at the level alpha, a proportion above `threshold`: those with which the exact
 * lower bound of Clopper and Pearson reaches it. One more than the trials where no number of successes does.
 */
export function fewestToShow(trials: number, threshold: number, alpha: number): number {
  const spread = Math.sqrt(trials * threshold * (1 - threshold));
  let count = Math.round(trials * threshold + normalQuantile(1 - alpha) * spread);
  count = Math.min(trials + 1, Math.max(0, count));
  while (count > 0 && binomialUpper(trials, count - 1, threshold) <= alpha) count--;
  while (count <= trials && binomialUpper(trials, count, threshold) > alpha) count++;
  return count;
}

/** How likely so many trials show a proportion above `threshold`, at the level alpha, where `truth` is the truth. */
export function binomialPower(trials: number, threshold: number, truth: number, alpha: number): number {
  return binomialUpper(trials, fewestToShow(trials, threshold, alpha), truth);
}

export interface Plan {
  readonly threshold: number;
  /** Above the threshold. */
  readonly truth: number;
  readonly alpha: number;
  readonly power: number;
}

export interface TrialsNeeded {
  /** Where the power is reached for the first time. */
  readonly first: number;
  /** From where on it stays reached: the power of a count rises in a sawtooth. */
  readonly stable: number;
}

/** A sawtooth that holds for so many trials in a row is taken to hold. */
const runOfTrials = 200;
/** Above it the teeth are finer than any plan, and the search would take seconds. */
const mostExact = 20_000;

/** How many trials a plan needs, exactly up to 20,000 and by the normal approximation above. */
export function trialsNeeded(plan: Plan): TrialsNeeded {
  const { threshold, truth, alpha, power } = plan;
  if (!(truth > threshold)) return { first: Number.POSITIVE_INFINITY, stable: Number.POSITIVE_INFINITY };
  const root = (p: number): number => Math.sqrt(p * (1 - p));
  const distance = normalQuantile(1 - alpha) * root(threshold) + normalQuantile(power) * root(truth);
  const approximate = Math.ceil((distance / (truth - threshold)) ** 2);
  if (approximate > mostExact) return { first: approximate, stable: approximate };
  let first: number | null = null;
  let stable = 1;
  for (let n = Math.max(1, Math.floor(approximate / 3)); n - stable < runOfTrials || first === null; n++) {
    if (n > 4 * mostExact) return { first: approximate, stable: approximate };
    if (binomialPower(n, threshold, truth, alpha) >= power) first ??= n;
    else stable = n + 1;
  }
  return { first, stable };
}

/** How many trials without a single failure show that at least this proportion succeeds: ln(1 - confidence) / ln p. */
export function flawlessTrialsNeeded(proportion: number, confidence: number): number {
  if (proportion <= 0) return 1;
  if (proportion >= 1) return Number.POSITIVE_INFINITY;
  // 0.95 and 0.95 give 58.4; products of rounded logarithms must not push an exact 59 to 60.
  return Math.ceil(Math.log(1 - confidence) / Math.log(proportion) - 1e-9);
}
