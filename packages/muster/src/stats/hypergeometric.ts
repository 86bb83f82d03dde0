import { logChoose } from "./log-gamma.ts";

/** P(X >= successes) when `sample` items are drawn without replacement from a population that holds `good`. */
export function hypergeometricUpper(
  population: number,
  good: number,
  sample: number,
  successes: number,
): number {
  const most = Math.min(sample, good);
  const least = Math.max(0, sample - (population - good));
  if (successes <= least) return 1;
  if (successes > most) return 0;
  const logAll = logChoose(population, sample);
  const mass = (k: number): number =>
    Math.exp(logChoose(good, k) + logChoose(population - good, sample - k) - logAll);
  let sum = 0;
  for (let k = most; k >= successes; k--) sum += mass(k);
  return Math.min(1, sum);
}

/**
 * How many good items a finite population surely holds, seen from a random sample drawn without replacement: the
 * smallest number under which a sample this good is more likely than 1 - confidence. Sampling a large part of
 * the population makes it sharper than the bound of a proportion; sampling all of it makes it a count.
 */
export function finitePopulationLowerBound(
  population: number,
  sample: number,
  successes: number,
  confidence: number,
): number {
  let low = successes;
  let high = population - (sample - successes);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (hypergeometricUpper(population, middle, sample, successes) > 1 - confidence) high = middle;
    else low = middle + 1;
  }
  return low;
}
