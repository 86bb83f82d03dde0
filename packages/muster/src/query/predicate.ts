import type { Scalar } from "./scalar.ts";

/** A condition on a row. Three-valued logic ends here: a comparison with null does not hold. */
export type Predicate =
  /**
   * By the column's type: text as text, numbers by value, booleans also by 1 and 0, times by their millisecond (ISO
   * text, without a zone UTC). A value that cannot be read as the column's type is equal to nothing.
   */
  | { readonly kind: "equals"; readonly column: string; readonly value: Scalar }
  | { readonly kind: "one_of"; readonly column: string; readonly values: readonly Scalar[] }
  /** Of a number, a boolean as 1 and 0, or a datetime in milliseconds. NaN compares with nothing. */
  | {
      readonly kind: "compare";
      readonly column: string;
      readonly operator: "<" | "<=" | ">" | ">=";
      readonly value: number;
    }
  | { readonly kind: "is_missing"; readonly column: string }
  /** Not null, and for a floating column neither NaN nor infinite. */
  | { readonly kind: "is_finite"; readonly column: string }
  | { readonly kind: "all" | "any"; readonly of: readonly Predicate[] }
  | { readonly kind: "not"; readonly of: Predicate };
