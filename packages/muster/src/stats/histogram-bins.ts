/** What the rules below need of a sample. */
export interface SampleShape {
  readonly n: number;
  readonly min: number;
  readonly max: number;
  /** Fisher's g1 = m3 / m2^1.5 of the sample itself. */
  readonly skewness: number;
}

/** Equal-width bins by the rule of H. A. Sturges (JASA 21 (1926) 65): ceil(log2 n + 1). */
export function sturgesBins(n: number): number {
  return n > 0 ? Math.ceil(Math.log2(n) + 1) : 1;
}

/**
 * Equal-width bins by the rule of D. P. Doane (Amer. Statistician 30 (1976) 181), which gives a skewed sample more of
 * them: width = range / (1 + log2 n + log2(1 + |g1| / s)), s = sqrt(6(n - 2) / ((n + 1)(n + 3))). 1 for fewer than three
 * values or a sample without a spread.
 */
export function doaneBins({ n, min, max, skewness }: SampleShape): number {
  const range = max - min;
  if (n <= 2 || !(range > 0)) return 1;
  const s = Math.sqrt((6 * (n - 2)) / ((n + 1) * (n + 3)));
  if (!Number.isFinite(skewness)) return 1;
  const width = range / (1 + Math.log2(n) + Math.log2(1 + Math.abs(skewness) / s));
  return Math.ceil(range / width);
}

/** `bins` + 1 edges from min to max, as numpy.linspace places them; of a single value from half below to half above it. */
export function equalWidthEdges(min: number, max: number, bins: number): Float64Array {
  const [low, high] = min === max ? [min - 0.5, max + 0.5] : [min, max];
  const step = (high - low) / bins;
  return Float64Array.from({ length: bins + 1 }, (_, i) => (i === bins ? high : low + i * step));
}

/**
 * The mass in each bin: half-open `[a, b)`, the last one closed. What lies outside of the edges is counted nowhere.
 * `values` ascend.
 */
export function binnedMasses(
  values: Float64Array,
  masses: Float64Array,
  edges: ArrayLike<number>,
): Float64Array {
  const last = edges.length - 2;
  const counts = new Float64Array(Math.max(0, last + 1));
  let bin = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    if (value < (edges[0] ?? 0)) continue;
    while (bin < last && value >= (edges[bin + 1] ?? 0)) bin++;
    if (bin === last && value > (edges[last + 1] ?? 0)) break;
    counts[bin] = (counts[bin] ?? 0) + (masses[i] ?? 0);
  }
  return counts;
}
