import { chiSquaredUpper } from "./incomplete-gamma.ts";

/** What a divergence between two samples of one and the same distribution comes to, in nats. */
export interface DivergenceNoise {
  readonly expected: number;
  /** Passed by chance with a probability of 1 - level. */
  readonly limit: number;
}

/**
 * The Kullback-Leibler divergence of a window of `windowRows` from a reference of `referenceRows`, both counted in `bins`, when
 * nothing has drifted: 2 KL / (1/n + 1/m) is about chi-squared with bins - 1 degrees of freedom (the likelihood ratio of
 * S. S. Wilks, Ann. Math. Statist. 9 (1938) 60, for two samples). Holds from about 5 expected rows a bin on. The reference may
 * be infinite. The population stability index is the sum of both directions and so about twice as much.
 */
export function divergenceNoise(
  bins: number,
  referenceRows: number,
  windowRows: number,
  level = 0.99,
): DivergenceNoise {
  const scale = (1 / referenceRows + 1 / windowRows) / 2;
  return { expected: (bins - 1) * scale, limit: chiSquaredQuantile(level, bins - 1) * scale };
}

/** The least x with P(X <= x) >= level for a chi-squared variable with `df` degrees of freedom. */
export function chiSquaredQuantile(level: number, df: number): number {
  let low = 0;
  let high = df + 10;
  while (chiSquaredUpper(high, df) > 1 - level) high *= 2;
  for (let i = 0; i < 100 && high - low > 1e-12 * high; i++) {
    const middle = (low + high) / 2;
    if (chiSquaredUpper(middle, df) > 1 - level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
