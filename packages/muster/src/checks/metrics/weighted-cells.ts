import type { Groups, Measure } from "../../query/aggregate.ts";
import { identity } from "../../query/identity.ts";
import { compareKey, type Key } from "./groups.ts";

/** The cells of one group, by bucket, in a form from which those of any weighting of the buckets are made fast. */
export interface BucketCells {
  /** Buckets that have a row. */
  readonly buckets: number;
  /** Cells by bucket and own key. */
  readonly entries: number;
  /** The cells as if each bucket stood in the data so many times. */
  weighted(weights: Float64Array): Groups;
}

/** `cells` has the bucket as its first key; `measures` say which numbers add up and which are extremes. */
export function bucketCells(
  cells: Groups,
  measures: Readonly<Record<string, Measure>>,
): BucketCells | string {
  if (Object.values(measures).some(({ fn }) => fn === "count_distinct")) return "it counts distinct values";
  // In the order of their keys, so that the buckets of two answers on the same rows have the same numbers.
  const named = [...new Set(cells.keys[0] ?? [])].sort(compareKey);
  const bucketAt = new Map(named.map((key, b) => [key, b]));
  const bucketOf = Int32Array.from(cells.keys[0] ?? [], (key) => bucketAt.get(key) ?? 0);
  const rest = cells.keys.slice(1);
  const rows = Array.from({ length: cells.count }, (_, g) => g);
  const cellOf = numbered(
    rest.length === 1 ? (rest[0] ?? []) : rows,
    rest.length === 1 ? (key) => key : (g) => identity(rest.map((column) => column[Number(g)] ?? null)),
  );
  const first = new Int32Array(cellOf.count);
  for (let g = cells.count - 1; g >= 0; g--) first[cellOf.of[g] ?? 0] = g;
  const keys = rest.map((column) => Array.from(first, (g): Key => column[g] ?? null));
  const entries: Entries = { cellOf: cellOf.of, bucketOf, cells: cellOf.count };
  const columns = Object.entries(cells.values).map(([name, values]) => {
    const fn = measures[name]?.fn ?? "sum";
    if (fn === "min" || fn === "max") {
      const of = (weights: Float64Array): Float64Array => extremes(values, fn, entries, weights);
      return [name, of] as const;
    }
    const sums = new WeightedSums(values, entries, named.length);
    // Where no row is left, a count is 0 and a sum null, as the engine would say.
    const of = (weights: Float64Array): Float64Array => sums.of(weights, fn === "count" ? 0 : Number.NaN);
    return [name, of] as const;
  });
  return {
    buckets: named.length,
    entries: cells.count,
    weighted: (weights) => ({
      count: cellOf.count,
      keys,
      values: Object.fromEntries(columns.map(([name, of]) => [name, of(weights)])),
    }),
  };
}

/** Where each entry belongs. */
interface Entries {
  readonly cellOf: Int32Array;
  readonly bucketOf: Int32Array;
  readonly cells: number;
}

/** The sums of a measure by cell, as if each bucket stood in the data so many times. */
class WeightedSums {
  private readonly values: Float64Array;
  private readonly cellOf: Int32Array;
  /** Entries by bucket, those of bucket b from `starts[b]` on; only those with a value. */
  private readonly order: Int32Array;
  private readonly starts: Int32Array;
  /** Of all buckets once: the sums, and how many entries they are of. */
  private readonly once: Float64Array;
  private readonly times: Int32Array;

  constructor(values: Float64Array, { cellOf, bucketOf, cells }: Entries, buckets: number) {
    this.values = values;
    this.cellOf = cellOf;
    this.starts = new Int32Array(buckets + 1);
    this.once = new Float64Array(cells);
    this.times = new Int32Array(cells);
    let filled = 0;
    for (let g = 0; g < values.length; g++) {
      const value = values[g] as number;
      if (Number.isNaN(value)) continue;
      filled++;
      const [cell, bucket] = [cellOf[g] as number, bucketOf[g] as number];
      this.starts[bucket + 1] = (this.starts[bucket + 1] as number) + 1;
      this.once[cell] = (this.once[cell] as number) + value;
      this.times[cell] = (this.times[cell] as number) + 1;
    }
    for (let b = 0; b < buckets; b++)
      this.starts[b + 1] = (this.starts[b + 1] as number) + (this.starts[b] as number);
    this.order = new Int32Array(filled);
    const next = this.starts.slice();
    for (let g = 0; g < values.length; g++) {
      if (Number.isNaN(values[g])) continue;
      const bucket = bucketOf[g] as number;
      const at = next[bucket] as number;
      this.order[at] = g;
      next[bucket] = at + 1;
    }
  }

  /**
   * Starts from all buckets once, or from none, whatever leaves fewer to add: leaving one bucket out after the other then takes as
   * long as adding up all of them once. `none` is what no entry sums to.
   */
  of(weights: Float64Array, none: number): Float64Array {
    const base =
      weights.reduce((sum, weight) => sum + (weight === 1 ? 1 : 0), 0) > weights.length / 2 ? 1 : 0;
    const sums = base === 1 ? this.once.slice() : new Float64Array(this.once.length);
    const times = base === 1 ? this.times.slice() : new Int32Array(this.times.length);
    for (let b = 0; b < weights.length; b++) {
      const weight = weights[b] as number;
      if (weight === base) continue;
      const step = weight === 0 ? -1 : base === 0 ? 1 : 0;
      for (let i = this.starts[b] as number; i < (this.starts[b + 1] as number); i++) {
        const g = this.order[i] as number;
        const cell = this.cellOf[g] as number;
        sums[cell] = (sums[cell] as number) + (weight - base) * (this.values[g] as number);
        times[cell] = (times[cell] as number) + step;
      }
    }
    for (let c = 0; c < sums.length; c++) if (times[c] === 0) sums[c] = none;
    return sums;
  }
}

function extremes(
  values: Float64Array,
  fn: "min" | "max",
  { cellOf, bucketOf, cells }: Entries,
  weights: Float64Array,
): Float64Array {
  const out = new Float64Array(cells).fill(Number.NaN);
  for (let g = 0; g < values.length; g++) {
    const value = values[g] ?? Number.NaN;
    if ((weights[bucketOf[g] ?? 0] ?? 0) === 0 || Number.isNaN(value)) continue;
    const at = cellOf[g] ?? 0;
    const before = out[at] ?? Number.NaN;
    out[at] = Number.isNaN(before) ? value : Math[fn](before, value);
  }
  return out;
}

/** Numbers equal keys alike, in the order of their first appearance. */
function numbered<K>(keys: readonly K[], identify: (key: K) => unknown): { of: Int32Array; count: number } {
  const known = new Map<unknown, number>();
  const of = new Int32Array(keys.length);
  keys.forEach((key, g) => {
    const id = identify(key);
    const at = known.get(id) ?? known.size;
    known.set(id, at);
    of[g] = at;
  });
  return { of, count: known.size };
}
