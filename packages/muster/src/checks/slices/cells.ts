import { type Badness, nothing, plus } from "./slice.ts";

/** Badness of many cells, by columns. */
export interface Sums {
  readonly rows: Float64Array;
  readonly bad: Float64Array;
  readonly squares: Float64Array;
}

/** Groups of rows by some attributes. Two cells may have the same values: then their rows belong together. */
export interface Cells {
  readonly count: number;
  /** Positions of attributes, ascending. */
  readonly attributes: readonly number[];
  /** For each of these attributes the code of each cell's value. */
  readonly codes: readonly Int32Array[];
  /** Of the half that is searched, and of the one that confirms. */
  readonly halves: readonly [Sums, Sums];
}

export const emptySums = (count: number): Sums => ({
  rows: new Float64Array(count),
  bad: new Float64Array(count),
  squares: new Float64Array(count),
});

export const sumAt = ({ rows, bad, squares }: Sums, cell: number): Badness => ({
  rows: rows[cell] ?? 0,
  bad: bad[cell] ?? 0,
  squares: squares[cell] ?? 0,
});

export function total({ count, halves }: Cells, half: 0 | 1): Badness {
  let sum = nothing;
  for (let cell = 0; cell < count; cell++) sum = plus(sum, sumAt(halves[half], cell));
  return sum;
}
