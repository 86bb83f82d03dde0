import type { Expression } from "../../query/expression.ts";

// Short names for the arithmetic of a row, so that a loss reads like its formula.

export const constant = (value: number): Expression => ({ kind: "constant", value });

export const sum = (...terms: readonly Expression[]): Expression => ({ kind: "sum_of", terms });

export const times = (...terms: readonly Expression[]): Expression => ({ kind: "product_of", terms });

export const scaled = (by: number, of: Expression): Expression => times(constant(by), of);

export const minus = (left: Expression, right: Expression): Expression => ({
  kind: "difference_of",
  left,
  right,
});

/** Null where `under` is 0. */
export const divided = (over: Expression, under: Expression): Expression => ({
  kind: "quotient_of",
  over,
  under,
});

export const absolute = (of: Expression): Expression => ({ kind: "absolute", of });

/** The number where it is above 0, else 0. */
export const positivePart = (of: Expression): Expression => scaled(0.5, sum(of, absolute(of)));

export const power = (of: Expression, exponent: number): Expression => ({ kind: "power", of, exponent });

/** Natural logarithm; of 0 that of the smallest double. */
export const ln = (of: Expression): Expression => ({ kind: "log", of, floor: Number.MIN_VALUE });

/** 1 where `left >= right`, else 0. */
export const atLeast = (left: Expression, right: Expression): Expression => ({
  kind: "at_least",
  left,
  right,
});
