import type { Batch } from "../engine/engine.ts";
import type { SliceAttribute } from "./slice-attributes.ts";
import { coder } from "./slice-place.ts";

/** Finest groups beyond this number are not held in memory. */
const mostCells = 2_000_000;

/**
 * Whether the groups by all attributes are few enough to be read once and added up: at most a quarter of the rows. Attributes
 * depend on each other, so far fewer groups occur than could; how many is estimated from a sample.
 */
export function leafFits(attributes: readonly SliceAttribute[], sample: Batch, rows: number): boolean {
  const limit = Math.min(rows / 4, mostCells);
  const possible = attributes.reduce((product, { values }) => product * values.length, 1);
  return possible <= limit || occurring(attributes, sample) <= limit;
}

/**
 * About how many different groups the table has: A. Chao's lower estimate (Scandinavian Journal of Statistics 11 (1984) 265, bias-corrected)
 * from the groups that the sample has once and twice.
 */
export function occurring(attributes: readonly SliceAttribute[], sample: Batch): number {
  const codes = attributes.map((own) => {
    const code = coder(own);
    return Array.from(sample.columns[own.name] ?? [], (cell) =>
      code(typeof cell === "number" && Number.isNaN(cell) ? null : cell),
    );
  });
  const seen = new Map<string, number>();
  for (let row = 0; row < sample.rows; row++) {
    const key = codes.map((own) => own[row]).join();
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  const times = (n: number): number => [...seen.values()].filter((count) => count === n).length;
  const once = times(1);
  return seen.size + (once * (once - 1)) / (2 * (times(2) + 1));
}
