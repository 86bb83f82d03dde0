import type { Expression } from "./expression.ts";
import type { Predicate } from "./predicate.ts";
import type { Scalar } from "./scalar.ts";

/**
 * What a group is keyed by. Every dimension gives missing values a group of their own: the key is then null. Keys of
 * `half`, `number`, `cell` and `cuts` are numbers, all others text.
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
  /**
   * A calendar part of a datetime column (UTC), as text: `hour` "0" to "23", `weekday` "monday" to "sunday", `day` of
   * the month "1" to "31", `month` "1" to "12", `quarter` "1" to "4", `year` "2001".
   */
  | { readonly kind: "part"; readonly column: string; readonly part: DatePart }
  /**
   * One of 256 parts of the rows that keep rows of equal values together and are otherwise as good as drawn by lot: the
   * first two hexadecimal digits of the MD5 of the value as text (numbers and times as whole numbers, times in
   * milliseconds). The same on every engine. Not for columns of broken numbers, whose text differs between engines.
   */
  | { readonly kind: "bucket"; readonly column: string }
  /**
   * 0 or 1, as by a coin for each value of the column that everybody who knows the seed can toss again on every engine:
   * whether the md5 of seed and value begins below `8`. Rows of one value stay together; not for columns of floats.
   */
  | { readonly kind: "half"; readonly column: string; readonly seed: number }
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

export const dateParts = ["hour", "weekday", "day", "month", "quarter", "year"] as const;
export type DatePart = (typeof dateParts)[number];

export const weekdays = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;

/** Groups that fall outside of what a dimension lists. */
export const other = "(other)";

export type Measure =
  /** Rows, or rows where the predicate holds. */
  | { readonly fn: "count"; readonly where?: Predicate }
  /** Over the rows where the expression is not null; null for no such row. */
  | { readonly fn: "sum" | "min" | "max"; readonly of: Expression; readonly where?: Predicate }
  | { readonly fn: "count_distinct"; readonly column: string };

/**
 * Rows reduced to one a list before anything is counted: the results of a query, the visits of a user. Each layer reads
 * the columns of the table and the names of the layers before it; what an aggregate over lists groups and adds up are
 * the names of `values` and `derived`, and columns of the table that are the same in all rows of a list (missing
 * ones aside; where rows differ, the list has none).
 */
export interface Lists {
  /** Rows of one list are equal here; rows without a value are a list of their own. */
  readonly key: string;
  /** Numbers of a row that depend on where it stands in its list. */
  readonly windows: Readonly<Record<string, Window>>;
  /** Numbers of a row, from its columns and windows. */
  readonly columns: Readonly<Record<string, Expression>>;
  /** Numbers of a list, over its rows. */
  readonly values: Readonly<Record<string, Measure>>;
  /** Numbers of a list, from its values. */
  readonly derived: Readonly<Record<string, Expression>>;
}

export type Window =
  /** 1 for the first row in this order. Rows that are equal in all of it have any order among them. */
  | { readonly fn: "position"; readonly order: readonly Order[] }
  /** 1 and the rows strictly before: equal rows have one rank. */
  | { readonly fn: "rank"; readonly order: readonly Order[] }
  /** Over this row and those before it; null adds nothing, and is the sum of nothing. */
  | { readonly fn: "running_sum"; readonly of: Expression; readonly order: readonly Order[] }
  /** Over the rows of the list that are equal to this one in the order `peers`, or over all rows of the list. */
  | { readonly fn: "sum"; readonly of: Expression; readonly peers?: readonly Order[] };

/** Text by its UTF-8 bytes, NaN above every number. */
export interface Order {
  readonly column: string;
  readonly descending: boolean;
  readonly missing: "first" | "last";
}

/**
 * What to count, as data: one group for each combination of keys that occurs, one number for each named measure.
 * With no keys there is exactly one group, also for an empty table.
 */
export interface Aggregate {
  readonly table: string;
  /** The table's rows become one a list first; everything else speaks of these then. */
  readonly lists?: Lists;
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
