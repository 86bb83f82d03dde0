import type { Dimension } from "./aggregate.ts";
import type { Predicate } from "./predicate.ts";

/**
 * What no aggregate can ask: how rows repeat one another, which values there are, which rows a seed draws. Plain data
 * as aggregates are, answered by `Engine.ask` with a number of rows that the question bounds.
 */
export type Question =
  /**
   * Which rows are equal in `columns`, or in all of the table's without them; missing values are equal to each other, and so are NaN. With `label`, only rows
   * that have one are asked about, and groups of equal rows with different labels are counted, too.
   */
  | {
      readonly kind: "repeats";
      readonly table: string;
      readonly columns?: readonly string[];
      readonly label?: string;
      readonly where?: Predicate;
    }
  /** The most frequent values of a column, as texts, at most `most`; equally frequent ones in the order of their text. */
  | {
      readonly kind: "top_values";
      readonly table: string;
      readonly column: string;
      readonly where?: Predicate;
      readonly most: number;
    }
  /**
   * A random sample without replacement that everybody who knows the seed can draw again, on every engine: the `size`
   * rows whose md5 of seed and key is the smallest, in that order. With `by`, that many of each of its values. Rows
   * without a key, and with `by` those without a value of it, are never drawn.
   */
  | {
      readonly kind: "sample";
      readonly table: string;
      readonly keys: readonly string[];
      readonly seed: number;
      readonly size: number;
      readonly by?: string;
      /** What is told of each drawn row. */
      readonly columns: readonly string[];
      /** Also told: the key of each of these dimensions. */
      readonly groups?: readonly Dimension[];
      readonly where?: Predicate;
    }
  /** The first `most` rows in their stored order. */
  | {
      readonly kind: "rows";
      readonly table: string;
      readonly columns: readonly string[];
      readonly most: number;
    }
  /**
   * How well the order of one column's values, numbers or times, tells the rows of `positive` from the others: what the
   * ROC AUC of the column itself needs. Rows without a finite value or without a label do not count.
   */
  | {
      readonly kind: "separation";
      readonly table: string;
      readonly column: string;
      readonly label: string;
      readonly positive: string | number | boolean;
    };

/** A value of an answered row: texts and numbers as `Dimension` "values" writes them; null where it is missing. */
export type Told = string | null;

export interface Repeats {
  readonly kind: "repeats";
  /** Rows that were asked about. */
  readonly rows: number;
  /** Different rows among them. */
  readonly distinct: number;
  /** Rows that have at least one equal. */
  readonly repeated: number;
  /** With `label`: rows whose equals have another label. */
  readonly conflicting: number;
  /** With `label`: the fewest labels that have to change until equal rows have equal labels. */
  readonly flips: number;
}

export interface TopValues {
  readonly kind: "top_values";
  readonly values: readonly { readonly value: Told; readonly rows: number }[];
  /** How many different values there are, listed or not; missing counts as one. */
  readonly distinct: number;
  /** Rows of all of these values together. */
  readonly rows: number;
}

/** Rows by columns, in their order. */
export interface ToldRows {
  readonly kind: "sample" | "rows";
  readonly count: number;
  readonly columns: Readonly<Record<string, readonly Told[]>>;
  readonly groups?: readonly (readonly Told[])[];
}

export interface Separation {
  readonly kind: "separation";
  readonly positives: number;
  readonly negatives: number;
  /** P(value of a positive > that of a negative) + P(equal) / 2, times positives and negatives. */
  readonly wins: number;
}

export type QuestionAnswer = Repeats | TopValues | ToldRows | Separation;

/** More rows than these are never told: what is bigger is not read by a person, and not kept as evidence. */
export const mostTold = 100_000;
