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
  const columns = Object.entries(cells.values).map(([name, values]) => ({
    name,
    values,
    fn: measures[name]?.fn ?? "sum",
  }));
  return {
    buckets: named.length,
    entries: cells.count,
    weighted(weights) {
      const made = columns.map(({ name, values, fn }) => {
        const out = new Float64Array(cellOf.count).fill(Number.NaN);
        for (let g = 0; g < cells.count; g++) {
          const weight = weights[bucketOf[g] ?? 0] ?? 0;
          const value = values[g] ?? Number.NaN;
          if (weight === 0 || Number.isNaN(value)) continue;
          const at = cellOf.of[g] ?? 0;
          const before = out[at] ?? Number.NaN;
          if (Number.isNaN(before)) out[at] = fn === "min" || fn === "max" ? value : weight * value;
          else if (fn === "min") out[at] = Math.min(before, value);
          else if (fn === "max") out[at] = Math.max(before, value);
          else out[at] = before + weight * value;
        }
        // Where no row is left, a count is 0 and a sum null, as the engine would say.
        if (fn === "count") for (let c = 0; c < out.length; c++) if (Number.isNaN(out[c] ?? 0)) out[c] = 0;
        return [name, out] as const;
      });
      return {
        count: cellOf.count,
        keys: rest.map((column) => Array.from(first, (g): Key => column[g] ?? null)),
        values: Object.fromEntries(made),
      };
    },
  };
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
