/**
 * What data looked like at one moment, frozen: the reference for closed sets of values (`values: profile`) and for drift.
 * Version 1 knew rows, types, missing values, ranges and lists of values; what came with version 2 is optional here, so
 * that both are read alike.
 */
export interface Profile {
  readonly version: 1 | 2;
  readonly rows: number;
  /** By the name of the contract's input, or of the table's column. */
  readonly inputs: Readonly<Record<string, InputProfile>>;
  /** Of what the model answered on the evaluation data, by the name of the output. */
  readonly outputs?: Readonly<Record<string, InputProfile>>;
  /** Digest of the data that was profiled. */
  readonly data?: string;
}

export interface InputProfile {
  /** The contract's type of the input: `string`, `integer`, `float`, `boolean`, `datetime`, `text`. */
  readonly type: string;
  /** Rows without a value. */
  readonly missing: number;
  /** Of finite numbers, of datetimes in milliseconds since 1970-01-01T00:00Z, and of texts in characters. */
  readonly min?: number;
  readonly max?: number;
  readonly mean?: number;
  /** All distinct values as text, sorted; left out when there are more than 10,000. */
  readonly values?: readonly string[];

  /** Sum of squared distances from the mean: with it two profiles' moments can be merged. */
  readonly m2?: number;
  /** Distinct values; `at_least` where there were too many to count. */
  readonly distinct?: number;
  readonly distinct_at_least?: number;
  readonly quantiles?: Quantiles;
  /** The most frequent values, most frequent first; of a sample where `cells` says so. */
  readonly top?: readonly { readonly value: string; readonly rows: number }[];
  readonly cells?: Cells;
  /** Every finite number and its rows, ascending, where there are at most 1000. */
  readonly numbers?: { readonly values: readonly number[]; readonly rows: readonly number[] };
}

export interface Quantiles {
  readonly method: EdgesFrom;
  readonly shares: readonly number[];
  readonly values: readonly number[];
}

/** Whether all rows were looked at, or a sample of so many. Counts are always of all rows. */
export interface EdgesFrom {
  readonly from: "all" | "sample";
  readonly rows: number;
}

/** The frozen cells that drift is counted in. */
export type Cells = NumberCells | CategoryCells;

export interface NumberCells {
  readonly kind: "numbers";
  /** What is counted: the value itself, or the characters of a text. */
  readonly of: "value" | "length";
  /** Ascending; cell 0 lies below the first, cell i from the i-th (counted from 1) on up to the next. */
  readonly cuts: readonly number[];
  /** Rows of each cell, one more than there are cuts. */
  readonly counts: readonly number[];
  /** The cuts that bound the bins, as positions in `cuts`, ascending: bins are whole runs of cells. */
  readonly bins: readonly number[];
  readonly nan: number;
  readonly negative_infinity: number;
  readonly positive_infinity: number;
  readonly edges: EdgesFrom;
}

export interface CategoryCells {
  readonly kind: "categories";
  /** The values with a cell of their own, most frequent first. */
  readonly listed: readonly string[];
  readonly counts: readonly number[];
  /** Rows of all other values. */
  readonly other: number;
  /** Whether `values` lists every value there was, so that one never seen before is told from a rare one. */
  readonly closed: boolean;
  readonly edges: EdgesFrom;
}
