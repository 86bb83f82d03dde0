import type { Groups } from "../../query/aggregate.ts";

/** Distinct numbers in ascending order, each with its rows or weight. */
export interface ValueCells {
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Cells keyed by one number, equal keys added up; cells without a key or without weight are left out. `of` is added up in
 * the same places instead of the weights.
 */
export function valueCells(cells: Groups, weights: Float64Array, of: Float64Array = weights): ValueCells {
  const keys = cells.keys[0] ?? [];
  const order: number[] = [];
  for (let g = 0; g < cells.count; g++) if (keys[g] != null && (weights[g] ?? 0) > 0) order.push(g);
  const key = (g: number): number => Number(keys[g]);
  order.sort((a, b) => key(a) - key(b));
  const values = new Float64Array(order.length);
  const sums = new Float64Array(order.length);
  let count = 0;
  for (const g of order) {
    if (count === 0 || values[count - 1] !== key(g)) values[count++] = key(g);
    sums[count - 1] = (sums[count - 1] ?? 0) + (of[g] ?? 0);
  }
  return { values: values.subarray(0, count), weights: sums.subarray(0, count) };
}
