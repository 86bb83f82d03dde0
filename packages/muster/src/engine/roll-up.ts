import type { Groups, Measure } from "../query/aggregate.ts";

/**
 * Adds up groups of equal keys: finer groups that were asked for with more keys than are left here. NaN is no value, as in
 * `Groups`. Without keys there is one group, also of none.
 */
export function rolledUp(
  finer: Groups,
  measures: readonly (readonly [name: string, fn: Measure["fn"]])[],
): Groups {
  const places = new Map<string, number>();
  const first: number[] = [];
  const placeOf = new Int32Array(finer.count);
  for (let g = 0; g < finer.count; g++) {
    const key = JSON.stringify(finer.keys.map((keys) => keys[g] ?? null));
    const known = places.get(key);
    placeOf[g] = known ?? first.length;
    if (known !== undefined) continue;
    places.set(key, first.length);
    first.push(g);
  }
  const count = finer.keys.length === 0 ? 1 : first.length;
  const values = measures.map(([name, fn]) => {
    const parts = finer.values[name] ?? new Float64Array(0);
    const sums = new Float64Array(count).fill(fn === "count" ? 0 : Number.NaN);
    for (let g = 0; g < finer.count; g++) {
      const at = placeOf[g] ?? 0;
      sums[at] = combined(fn, sums[at] ?? Number.NaN, parts[g] ?? Number.NaN);
    }
    return [name, sums] as const;
  });
  return {
    count,
    keys: finer.keys.map((keys) => first.map((g) => keys[g] ?? null)),
    values: Object.fromEntries(values),
  };
}

function combined(fn: Measure["fn"], so: number, part: number): number {
  if (Number.isNaN(part)) return so;
  if (Number.isNaN(so)) return part;
  if (fn === "min") return Math.min(so, part);
  return fn === "max" ? Math.max(so, part) : so + part;
}
