/** Values of which only number, mean and spread count; `variance` divides by n - 1. */
export interface SampleMean {
  readonly n: number;
  readonly mean: number;
  readonly variance: number;
}

/** The mean and spread of a list; NaN for the variance of fewer than two. */
export function sampleMean(values: readonly number[]): SampleMean {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { n, mean, variance: n > 1 ? squares / (n - 1) : Number.NaN };
}

/**
 * A mean that an instrument measured on many rows, corrected by what people say to a few: the instrument's mean plus
 * the mean of (person - instrument) on the few (A. N. Angelopoulos et al., Prediction-powered inference, Science 382
 * (2023) 669, for a mean). Unbiased however wrong the instrument is, as long as the few are a random sample of the same
 * kind of rows. The two samples must not share rows.
 */
export function predictionPoweredMean(
  instrument: SampleMean,
  correction: SampleMean,
): { readonly estimate: number; readonly standardError: number } {
  return {
    estimate: instrument.mean + correction.mean,
    standardError: Math.sqrt(instrument.variance / instrument.n + correction.variance / correction.n),
  };
}
