import type { Expression } from "./expression.ts";
import type { Predicate } from "./predicate.ts";
import type { Scalar } from "./scalar.ts";

/**
 * What a group is keyed by. Every dimension gives missing values a group of their own: the key is then null. Keys of
 * `number`, `cell` and `cuts` are numbers, all others text.
 */
export type Dimension =
  /**
   * The column's own values, as text: numbers as JavaScript writes them ("15", "0.5", "NaN"; -0 is "0"), booleans as
   * "true" and "false", times as "2001-01-31T06:30:00.000Z" cut to their millisecond, days as "2001-01-31".
   */
  | { readonly kind: "values"; readonly column: string }
  /**
   * Only the listed values, as text; all others share the key `other`. Values are compared as by `equals`; of two
   * that are equal the first one counts.
   */
  | { readonly kind: "listed"; readonly column: string; readonly values: readonly Scalar[] }
  /** The name of the first range that holds the hour of a datetime column (UTC), [from, to); else `other`. */
  | {
      readonly kind: "hours";
      readonly column: string;
      readonly ranges: readonly { readonly name: string; readonly from: number; readonly to: number }[];
    }
  /** `[a, b)` for neighbouring edges, the last one closed: `[a, b]`; outside of all edges, and NaN, `other`. Edges of a datetime are milliseconds. */
  | { readonly kind: "bins"; readonly column: string; readonly edges: readonly number[] }
  /** The exact value of a number, as a number. */
  | { readonly kind: "number"; readonly of: Expression }
  /** `floor(of * per)` as a number: equal-width cells of width 1/per, at most `lastCell` to either side of 0. */
  | { readonly kind: "cell"; readonly of: Expression; readonly per: number }
  /**
   * The place of a number between ascending cut points, as a number: 0 below the first, i from the i-th on, and for
   * what lies nowhere on the line one of `offLine`. The missing have a group of their own, as ever.
   */
  | { readonly kind: "cuts"; readonly of: Expression; readonly cuts: readonly number[] };

/** Keys of `cuts` for values that are no finite numbers. */
export const offLine = { nan: -1, negativeInfinity: -2, positiveInfinity: -3 } as const;

/** Everything farther from 0 falls into the last cells, so that a cell's number is a whole one that a double holds. */
export const lastCell = 9e15;

/** Groups that fall outside of what a dimension lists. */
export const other = "(other)";

export type Measure =
  /** Rows, or rows where the predicate holds. */
  | { readonly fn: "count"; readonly where?: Predicate }
  /** Over the rows where the expression is not null; null for no such row. */
  | { readonly fn: "sum" | "min" | "max"; readonly of: Expression; readonly where?: Predicate }
  | { readonly fn: "count_distinct"; readonly column: string };

/**
 * What to count, as data: one group for each combination of keys that occurs, one number for each named measure.
 * With no keys there is exactly one group, also for an empty table.
 */
export interface Aggregate {
  readonly table: string;
  readonly by: readonly Dimension[];
  readonly values: Readonly<Record<string, Measure>>;
  readonly where?: Predicate;
  /** Only rows whose key in each of these dimensions is one of the keys, as `Groups` has them. */
  readonly among?: readonly Among[];
}

export interface Among {
  readonly dimension: Dimension;
  readonly keys: readonly (string | number | null)[];
}

/**
 * The answer to an aggregate, by columns: `keys[d][g]` is dimension d's key of group g (null: missing), and
 * `values.name[g]` its number (NaN: null in the engine).
 */
export interface Groups {
  readonly count: number;
  readonly keys: readonly (readonly (string | number | null)[])[];
  readonly values: Readonly<Record<string, Float64Array>>;
}
