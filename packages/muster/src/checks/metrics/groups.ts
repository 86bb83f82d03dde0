import type { Groups } from "../../query/aggregate.ts";

export type Key = string | number | null;

/** One group of the leading keys, with its cells: columns of the remaining keys and of the values. */
export interface Part {
  readonly keys: readonly Key[];
  readonly cells: Groups;
}

/**
 * Splits an answer by its first `depth` keys, in the order of these keys: numbers by size, then text by code
 * units, then missing. With no keys it is one part, also when there is no cell. Columns are copied once, by
 * counting; no object is made for a cell, so a few hundred thousand of them take milliseconds.
 */
export function splitGroups(groups: Groups, depth: number): readonly Part[] {
  if (depth === 0) return [{ keys: [], cells: groups }];
  const { partOf, keys } = number(groups, depth);
  const sizes = new Int32Array(keys.length);
  for (const part of partOf) sizes[part] = (sizes[part] ?? 0) + 1;
  const starts = new Int32Array(keys.length + 1);
  for (let p = 0; p < keys.length; p++) starts[p + 1] = (starts[p] ?? 0) + (sizes[p] ?? 0);
  const rest = groups.keys.slice(depth).map((column) => sortedKeys(column, partOf, starts));
  const values = Object.entries(groups.values).map(
    ([name, column]) => [name, sortedNumbers(column, partOf, starts)] as const,
  );
  const parts = keys.map((own, p) => {
    const [from, to] = [starts[p] ?? 0, starts[p + 1] ?? 0];
    const cells: Groups = {
      count: to - from,
      keys: rest.map((column) => column.slice(from, to)),
      values: Object.fromEntries(values.map(([name, column]) => [name, column.subarray(from, to)])),
    };
    return { keys: own, cells };
  });
  return parts.sort((a, b) => compareKeys(a.keys, b.keys));
}

/** The column with each part's cells side by side, in their order. */
function sortedNumbers(column: Float64Array, partOf: Int32Array, starts: Int32Array): Float64Array {
  const next = starts.slice();
  const sorted = new Float64Array(partOf.length);
  for (let g = 0; g < partOf.length; g++) {
    const part = partOf[g] as number;
    const at = next[part] as number;
    sorted[at] = column[g] as number;
    next[part] = at + 1;
  }
  return sorted;
}

/** Keys that are numbers throughout stay an array of numbers, which takes a third of the room and time. */
function sortedKeys(column: readonly Key[], partOf: Int32Array, starts: Int32Array): readonly Key[] {
  const next = starts.slice();
  const numbers = column.every((key) => typeof key === "number");
  const sorted = new Array<Key>(partOf.length).fill(numbers ? 0.5 : null);
  for (let g = 0; g < partOf.length; g++) {
    const part = partOf[g] as number;
    const at = next[part] as number;
    sorted[at] = column[g] as Key;
    next[part] = at + 1;
  }
  return sorted;
}

/** Gives every cell the number of its part, one dimension after the other. */
function number(
  groups: Groups,
  depth: number,
): { readonly partOf: Int32Array; readonly keys: readonly (readonly Key[])[] } {
  let partOf = new Int32Array(groups.count);
  let keys: readonly (readonly Key[])[] = [[]];
  for (let d = 0; d < depth; d++) {
    const column = groups.keys[d] ?? [];
    const inner: Map<Key, number>[] = keys.map(() => new Map());
    const refined: (readonly Key[])[] = [];
    const refinedOf = new Int32Array(groups.count);
    for (let g = 0; g < groups.count; g++) {
      const before = partOf[g] ?? 0;
      const key = column[g] ?? null;
      const known = inner[before]?.get(key);
      if (known === undefined) {
        inner[before]?.set(key, refined.length);
        refinedOf[g] = refined.length;
        refined.push([...(keys[before] ?? []), key]);
      } else refinedOf[g] = known;
    }
    partOf = refinedOf;
    keys = refined;
  }
  return { partOf, keys };
}

function compareKeys(a: readonly Key[], b: readonly Key[]): number {
  for (let d = 0; d < a.length; d++) {
    const order = compareKey(a[d] ?? null, b[d] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

export function compareKey(a: Key, b: Key): number {
  const rank = (key: Key): number => (key === null ? 2 : typeof key === "string" ? 1 : 0);
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (a === null || b === null || a === b) return 0;
  return a < b ? -1 : 1;
}
