import { MusterError } from "../source/muster-error.ts";

/** Distinct values of a column, the missing left out: rising for numbers, by code point for texts. */
export interface ValueCounts {
  readonly values: readonly (string | number)[];
  readonly counts: readonly number[];
  readonly rows: number;
}

/** A sum whose rounding errors are carried along (Neumaier 1974), so that it hardly depends on the order. */
export function sumOf(count: number, term: (i: number) => number): number {
  let sum = 0;
  let carried = 0;
  for (let i = 0; i < count; i += 1) {
    const next = term(i);
    const total = sum + next;
    carried += Math.abs(sum) >= Math.abs(next) ? sum - total + next : next - total + sum;
    sum = total;
  }
  return sum + carried;
}

/** Mean and standard deviation of the population (ddof 0, as scikit-learn's StandardScaler), in two passes. */
export function momentsOf({ values, counts, rows }: ValueCounts): {
  readonly mean: number;
  readonly deviation: number;
} {
  const value = (i: number): number => Number(values[i]);
  const mean = sumOf(values.length, (i) => value(i) * (counts[i] ?? 0)) / rows;
  const squares = sumOf(values.length, (i) => (value(i) - mean) ** 2 * (counts[i] ?? 0));
  return { mean, deviation: Math.sqrt(squares / rows) };
}

/** The value at each of the ranks, the lowest being rank 0. */
export function atRanks({ values, counts }: ValueCounts, ranks: readonly number[]): readonly number[] {
  const found = new Map<number, number>();
  const wanted = [...new Set(ranks)].sort((a, b) => a - b);
  let below = 0;
  let next = 0;
  for (let i = 0; i < values.length && next < wanted.length; i += 1) {
    below += counts[i] ?? 0;
    while (next < wanted.length && (wanted[next] ?? 0) < below) {
      found.set(wanted[next] ?? 0, Number(values[i]));
      next += 1;
    }
  }
  return ranks.map((rank) => found.get(rank) ?? Number.NaN);
}

/** The ranks that quantiles of `rows` values lie between. */
export function quantileRanks(rows: number, quantiles: readonly number[]): readonly number[] {
  return quantiles.flatMap((q) => {
    const place = q * (rows - 1);
    return [Math.floor(place), Math.min(rows - 1, Math.floor(place) + 1)];
  });
}

/**
 * Quantiles between neighbouring values, linearly: Hyndman and Fan's definition 7, numpy's `linear`. `ordered` holds the
 * values at `quantileRanks`.
 */
export function quantilesOf(
  rows: number,
  quantiles: readonly number[],
  ordered: readonly number[],
): readonly number[] {
  return quantiles.map((q, i) => {
    const place = q * (rows - 1);
    const share = place - Math.floor(place);
    const low = ordered[2 * i] ?? Number.NaN;
    const high = ordered[2 * i + 1] ?? Number.NaN;
    const step = high - low;
    return share >= 0.5 ? high - step * (1 - share) : low + step * share;
  });
}

/** The inner quantiles that part the values into bins of equal frequency, each edge once. */
export const binQuantiles = (bins: number): readonly number[] =>
  Array.from({ length: bins - 1 }, (_, i) => (i + 1) / bins);

/** The most frequent value; of several the first one in order. */
export function mostFrequent({ values, counts }: ValueCounts): string | number {
  let best = 0;
  for (let i = 1; i < counts.length; i += 1) if ((counts[i] ?? 0) > (counts[best] ?? 0)) best = i;
  const found = values[best];
  if (found === undefined) throw new MusterError("engine/failed", "There is no value to choose from.");
  return found;
}

/** The `most` most frequent values, of equally frequent ones the first, in order. */
export function mostFrequentValues(
  { values, counts }: ValueCounts,
  most: number,
): readonly (string | number)[] {
  if (values.length <= most) return values;
  const places = values.map((_, i) => i).sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  return places
    .slice(0, most)
    .sort((a, b) => a - b)
    .map((i) => values[i] ?? "");
}
