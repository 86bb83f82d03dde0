/** Count (or weight), mean and sum of squared distances from the mean: enough for a variance, and mergeable. */
export interface Moments {
  readonly n: number;
  readonly mean: number;
  readonly m2: number;
}

export const noMoments: Moments = { n: 0, mean: 0, m2: 0 };

/**
 * The moments of two disjoint parts together (T. F. Chan, G. H. Golub & R. J. LeVeque, 1979). Unlike
 * adding up squares it keeps its digits when the mean is large against the spread.
 */
export function mergeMoments(a: Moments, b: Moments): Moments {
  if (a.n === 0) return b;
  if (b.n === 0) return a;
  const n = a.n + b.n;
  const delta = b.mean - a.mean;
  return { n, mean: a.mean + (delta * b.n) / n, m2: a.m2 + b.m2 + (delta * delta * a.n * b.n) / n };
}

/** By pairwise merging, so that rounding grows with the logarithm of the length. */
export function momentsOf(values: ArrayLike<number>, from: number = 0, to: number = values.length): Moments {
  if (to <= from) return noMoments;
  if (to - from === 1) return { n: 1, mean: values[from] ?? 0, m2: 0 };
  const middle = (from + to) >>> 1;
  return mergeMoments(momentsOf(values, from, middle), momentsOf(values, middle, to));
}

/**
 * The moments from sums of values and of their squares, or null when so little of the digits survives the
 * subtraction that they could not be trusted to six places: the spread is too small against the mean.
 */
export function momentsOfSums(n: number, sum: number, squares: number): Moments | null {
  if (n <= 0) return noMoments;
  const mean = sum / n;
  const m2 = squares - sum * mean;
  // Each of `rounds` additions may lose one unit in the last place, and in the mean their errors cancel.
  const rounds = 8 * Math.sqrt(Math.max(1, n));
  if (m2 < 1e6 * rounds * Number.EPSILON * squares) return null;
  return { n, mean, m2 };
}

/** The spread of the population as estimated from a sample: divides by n - 1. NaN for fewer than two. */
export function sampleDeviation(moments: Moments): number {
  return moments.n < 2 ? Number.NaN : Math.sqrt(moments.m2 / (moments.n - 1));
}
