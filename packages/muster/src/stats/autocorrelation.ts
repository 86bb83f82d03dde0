import { momentsOf } from "./moments.ts";
import { known, type Statistic, undefinedBecause } from "./statistic.ts";

/**
 * How much neighbours of a series agree: the sum of products of neighbouring distances from the mean over the sum
 * of their squares, as NIST's Statistical Reference Datasets define it.
 */
export function lag1Autocorrelation(values: ArrayLike<number>): Statistic {
  if (values.length < 2) return undefinedBecause("there are fewer than two values");
  const { mean, m2 } = momentsOf(values);
  if (!(m2 > 0)) return undefinedBecause("all values are equal");
  let sum = 0;
  for (let i = 1; i < values.length; i++) sum += ((values[i] ?? 0) - mean) * ((values[i - 1] ?? 0) - mean);
  return known(sum / m2);
}
