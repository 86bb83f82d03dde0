import type { Predicate } from "./predicate.ts";

/** A number read from a row. Null, NaN and infinite inputs make the whole expression null. */
export type Expression =
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
  | { readonly kind: "log"; readonly of: Expression; readonly floor: number };

export const column = (name: string): Expression => ({ kind: "column", column: name });
