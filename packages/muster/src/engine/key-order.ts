import type { Groups } from "../query/aggregate.ts";

/** Beyond so many groups, sorting them would cost more than it is worth: they are looked up then, not added up. */
export const mostOrdered = 10_000;

type Key = string | number | null;

/**
 * The groups in ascending order of their keys: missing first, numbers by value, text by code unit. An engine finds groups in
 * whatever order its threads end, and what is added up over them in that order differs in its last digits from run to run.
 */
export function inKeyOrder(groups: Groups): Groups {
  const { count, keys, values } = groups;
  if (count < 2 || count > mostOrdered) return groups;
  const order = Array.from({ length: count }, (_, g) => g);
  order.sort((a, b) => {
    for (const column of keys) {
      const found = compared(column[a] ?? null, column[b] ?? null);
      if (found !== 0) return found;
    }
    return 0;
  });
  return {
    count,
    keys: keys.map((column) => order.map((g) => column[g] ?? null)),
    values: Object.fromEntries(
      Object.entries(values).map(([name, numbers]) => [
        name,
        Float64Array.from(order, (g) => numbers[g] ?? Number.NaN),
      ]),
    ),
  };
}

function compared(a: Key, b: Key): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}
