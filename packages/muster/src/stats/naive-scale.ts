import { known, type Statistic, undefinedBecause } from "./statistic.ts";

/**
 * The mean absolute difference of a series from itself `period` steps before: the error of the naive forecast, by which
 * MASE divides (R. J. Hyndman & A. B. Koehler, International Journal of Forecasting 22 (2006) 679, section 3).
 */
export function naiveScale(series: ArrayLike<number>, period: number): Statistic {
  if (!(Number.isInteger(period) && period >= 1))
    return undefinedBecause("the period is no whole number from 1");
  if (series.length <= period) return undefinedBecause("the series is not longer than its period");
  let sum = 0;
  for (let i = period; i < series.length; i++) {
    sum += Math.abs((series[i] ?? Number.NaN) - (series[i - period] ?? Number.NaN));
  }
  return known(sum / (series.length - period));
}
