/**
 * A number made of one value `x`, by IEEE 754 binary64 arithmetic in the written order: each operation is done in SQL and
 * in JavaScript alike, so both give the same bits. Missing goes through arithmetic as missing; no formula can be NaN.
 */
export type NumberFormula =
  | { readonly kind: "x" }
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "missing" }
  | {
      readonly kind: "plus" | "minus" | "times" | "divided_by";
      readonly left: NumberFormula;
      readonly right: NumberFormula;
    }
  /** Natural logarithm of a number above 0. The one operation whose last digit differs between machines. */
  | { readonly kind: "ln"; readonly of: NumberFormula }
  /** Missing where the number is beyond the largest double. */
  | { readonly kind: "finite"; readonly of: NumberFormula }
  /** A comparison with something missing does not hold. */
  | {
      readonly kind: "choose";
      readonly left: NumberFormula;
      readonly is: "<" | "<=" | "=";
      readonly right: NumberFormula;
      readonly then: NumberFormula;
      readonly otherwise: NumberFormula;
    }
  /** `value` where x is missing. */
  | { readonly kind: "filled"; readonly value: number }
  /** How many of the rising edges x has reached: 0 below the first one. */
  | { readonly kind: "edges_reached"; readonly edges: readonly number[] }
  /** The place of x in the list, -1 when it is not there. */
  | { readonly kind: "place"; readonly values: readonly (string | number)[] }
  /** The first 32 bits of the MD5 of the text x in UTF-8, as a whole number, modulo `buckets`. */
  | { readonly kind: "bucket"; readonly buckets: number };

/** A text made of one text. */
export type TextFormula =
  /** Without `blank` at both ends. */
  | { readonly kind: "trimmed" }
  /** Every code point by itself, by Unicode's simple mapping: see `lowercase`. */
  | { readonly kind: "lowercase" }
  | { readonly kind: "filled_text"; readonly value: string };

export type Formula = NumberFormula | TextFormula;

export const x: NumberFormula = { kind: "x" };
export const constant = (value: number): NumberFormula => ({ kind: "constant", value });
export const minus = (left: NumberFormula, right: NumberFormula): NumberFormula => ({
  kind: "minus",
  left,
  right,
});
export const plus = (left: NumberFormula, right: NumberFormula): NumberFormula => ({
  kind: "plus",
  left,
  right,
});
export const times = (left: NumberFormula, right: NumberFormula): NumberFormula => ({
  kind: "times",
  left,
  right,
});
export const dividedBy = (left: NumberFormula, right: NumberFormula): NumberFormula => ({
  kind: "divided_by",
  left,
  right,
});
export const ln = (of: NumberFormula): NumberFormula => ({ kind: "ln", of });
export const finite = (of: NumberFormula): NumberFormula => ({ kind: "finite", of });
export const choose = (
  left: NumberFormula,
  is: "<" | "<=" | "=",
  right: NumberFormula,
  then: NumberFormula,
  otherwise: NumberFormula,
): NumberFormula => ({ kind: "choose", left, is, right, then, otherwise });
