import type { Predicate } from "./predicate.ts";

/** A number read from a row. Null, NaN and infinite inputs make the whole expression null. */
export type Expression =
  /**
   * The same, but NaN and infinities stay what they are: cheaper where every row has to be looked at. NaN is greater
   * than everything; a sum with one is NaN. It means something only as the whole expression.
   */
  | { readonly kind: "raw"; readonly of: Expression }
  /** The characters (code points) of a text. */
  | { readonly kind: "text_length"; readonly column: string }
  | { readonly kind: "column"; readonly column: string }
  /** A date or timestamp column as milliseconds since 1970-01-01T00:00Z; times without a zone are taken as UTC. */
  | { readonly kind: "epoch_ms"; readonly column: string }
  | { readonly kind: "constant"; readonly value: number }
  /** 1 where the predicate holds, 0 where it does not or is unknown. */
  | { readonly kind: "indicator"; readonly where: Predicate }
  /** The first whose condition holds; null where none does. */
  | {
      readonly kind: "case";
      readonly of: readonly { readonly where: Predicate; readonly value: Expression }[];
    }
  | { readonly kind: "sum_of" | "product_of"; readonly terms: readonly Expression[] }
  | { readonly kind: "difference_of"; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "absolute"; readonly of: Expression }
  /** Natural logarithm of max(of, floor): the floor keeps ln(0) out, as every engine treats it differently. */
  | { readonly kind: "log"; readonly of: Expression; readonly floor: number }
  /** `over / under`; null where `under` is 0. */
  | { readonly kind: "quotient_of"; readonly over: Expression; readonly under: Expression }
  /** `of` to the power of `exponent`, for `of` above 0; 0 to a power above 0 is 0. Null everywhere else. */
  | { readonly kind: "power"; readonly of: Expression; readonly exponent: number }
  /** `base` to the power of `of`; the base is a finite number above 0. */
  | { readonly kind: "exponential"; readonly base: number; readonly of: Expression }
  /** `value`, a finite number, where `of` is null. */
  | { readonly kind: "or_else"; readonly of: Expression; readonly value: number }
  /** 1 where `left >= right`, 0 where `left < right`; null where either is missing or not finite. */
  | { readonly kind: "at_least"; readonly left: Expression; readonly right: Expression }
  /**
   * A number of the row that somebody wrote in SQL: arithmetic, comparisons, CASE and functions of its columns. An engine
   * takes it apart by its own parser and refuses everything else; one without a parser refuses it as a whole.
   */
  | { readonly kind: "sql"; readonly text: string };

export const column = (name: string): Expression => ({ kind: "column", column: name });
