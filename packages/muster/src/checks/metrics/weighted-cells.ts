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
  const places = { cellOf: cellOf.of, bucketOf, cells: cellOf.count };
  const byCell = inOrder(cellOf.of, cellOf.count, bucketOf);
  const byBucket = inOrder(bucketOf, named.length, cellOf.of);
  const columns = Object.entries(cells.values).map(([name, values]) => {
    const fn = measures[name]?.fn ?? "sum";
    if (fn === "min" || fn === "max") {
      const of = (weights: Float64Array): Float64Array => extremes(values, fn, places, weights);
      return [name, of] as const;
    }
    const sums = new WeightedSums(values, byCell, byBucket);
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
interface Places {
  readonly cellOf: Int32Array;
  readonly bucketOf: Int32Array;
  readonly cells: number;
}

/** Entries part by part: those of part p stand from `starts[p]` to `starts[p + 1]`. */
interface Ordered {
  readonly entries: Int32Array;
  readonly starts: Int32Array;
  /** What else is known of each entry, in the same order. */
  readonly other: Int32Array;
}

function inOrder(partOf: Int32Array, parts: number, other: Int32Array): Ordered {
  const starts = new Int32Array(parts + 1);
  for (const part of partOf) starts[part + 1] = (starts[part + 1] as number) + 1;
  for (let p = 0; p < parts; p++) starts[p + 1] = (starts[p + 1] as number) + (starts[p] as number);
  const entries = new Int32Array(partOf.length);
  const next = starts.slice();
  for (let g = 0; g < partOf.length; g++) {
    const part = partOf[g] as number;
    const at = next[part] as number;
    entries[at] = g;
    next[part] = at + 1;
  }
  return { entries, starts, other: Int32Array.from(entries, (g) => other[g] as number) };
}

/**
 * The sums of a measure by cell, as if each bucket stood in the data so many times. Entries lie in the order in which they are
 * added: they are many, and are added some hundred times.
 */
class WeightedSums {
  private readonly byCell: Ordered;
  private readonly byBucket: Ordered;
  private readonly ofCells: Float64Array;
  private readonly ofBuckets: Float64Array;
  /** Of all buckets once: the sums, and how many entries with a value they are of. */
  private readonly once: Float64Array;
  private readonly times: Int32Array;

  constructor(values: Float64Array, byCell: Ordered, byBucket: Ordered) {
    this.byCell = byCell;
    this.byBucket = byBucket;
    this.ofCells = Float64Array.from(byCell.entries, (g) => values[g] as number);
    this.ofBuckets = Float64Array.from(byBucket.entries, (g) => values[g] as number);
    this.once = new Float64Array(byCell.starts.length - 1);
    this.times = new Int32Array(this.once.length);
    for (let c = 0; c < this.once.length; c++) {
      let [sum, times] = [0, 0];
      for (let i = byCell.starts[c] as number; i < (byCell.starts[c + 1] as number); i++) {
        const value = this.ofCells[i] as number;
        if (Number.isNaN(value)) continue;
        sum += value;
        times++;
      }
      this.once[c] = sum;
      this.times[c] = times;
    }
  }

  /**
   * Starts from all buckets once where most are there once: leaving one out after the other then takes as long as adding up all of
   * them once. `none` is what no entry sums to.
   */
  of(weights: Float64Array, none: number): Float64Array {
    const ones = weights.reduce((sum, weight) => sum + (weight === 1 ? 1 : 0), 0);
    return ones > weights.length / 2 ? this.changed(weights, none) : this.added(weights, none);
  }

  private changed(weights: Float64Array, none: number): Float64Array {
    const { starts, other: cellOf } = this.byBucket;
    const sums = this.once.slice();
    const times = this.times.slice();
    for (let b = 0; b < weights.length; b++) {
      const weight = weights[b] as number;
      if (weight === 1) continue;
      for (let i = starts[b] as number; i < (starts[b + 1] as number); i++) {
        const value = this.ofBuckets[i] as number;
        if (Number.isNaN(value)) continue;
        const cell = cellOf[i] as number;
        sums[cell] = (sums[cell] as number) + (weight - 1) * value;
        if (weight === 0) times[cell] = (times[cell] as number) - 1;
      }
    }
    for (let c = 0; c < sums.length; c++) if (times[c] === 0) sums[c] = none;
    return sums;
  }

  private added(weights: Float64Array, none: number): Float64Array {
    const { starts, other: bucketOf } = this.byCell;
    const sums = new Float64Array(this.once.length);
    for (let c = 0; c < sums.length; c++) {
      let sum = 0;
      let found = false;
      for (let i = starts[c] as number; i < (starts[c + 1] as number); i++) {
        const weight = weights[bucketOf[i] as number] as number;
        const value = this.ofCells[i] as number;
        if (weight === 0 || Number.isNaN(value)) continue;
        sum += weight * value;
        found = true;
      }
      sums[c] = found ? sum : none;
    }
    return sums;
  }
}

function extremes(
  values: Float64Array,
  fn: "min" | "max",
  { cellOf, bucketOf, cells }: Places,
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
