import {
  add,
  type DoubleDouble,
  divide,
  exactly,
  multiply,
  rounded,
  subtract,
  zero,
} from "./double-double.ts";
import { leastSquares, powersOf } from "./least-squares.ts";

export interface LinearRegression {
  readonly kind: "value";
  /** In the order of the columns; of an intercept or a polynomial the constant comes first. */
  readonly coefficients: readonly number[];
  /** 1 - residual squares / squares of y about its mean (about 0 without an intercept); NaN where y is constant. */
  readonly rSquared: number;
  /** The root of the residual squares over rows - coefficients; NaN for as many coefficients as rows. */
  readonly residualDeviation: number;
}

type Undefined = { readonly kind: "undefined"; readonly because: string };

/**
 * Ordinary least squares of y on the columns, with an intercept unless told otherwise. Reaches the certified digits
 * of the linear sets of NIST's Statistical Reference Datasets (https://www.itl.nist.gov/div898/strd/lls/lls.shtml).
 * Undefined for columns of other lengths than y's, too few rows, columns that are combinations of others, and numbers that are not finite.
 */
export function linearRegression(
  columns: readonly ArrayLike<number>[],
  y: ArrayLike<number>,
  { intercept = true }: { readonly intercept?: boolean } = {},
): LinearRegression | Undefined {
  if (columns.some((column) => column.length !== y.length))
    return { kind: "undefined", because: "the columns are not all of one length" };
  if (![...columns, y].every(allFinite)) return notFinite;
  const ones = Array.from(y, () => exactly(1));
  const own = columns.map((column) => Array.from(column, exactly));
  return fitted(intercept ? [ones, ...own] : own, y, intercept);
}

/** y as a polynomial of x, whose powers are made with more digits than a double holds. */
export function polynomialRegression(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  degree: number,
): LinearRegression | Undefined {
  if (x.length !== y.length) return { kind: "undefined", because: "x and y are not of one length" };
  if (!Number.isInteger(degree) || degree < 0 || degree > 50)
    return { kind: "undefined", because: "a degree is a whole number from 0 to 50" };
  if (![x, y].every(allFinite)) return notFinite;
  return fitted(powersOf(x, degree), y, true);
}

const notFinite: Undefined = { kind: "undefined", because: "a number is missing or not finite" };

function allFinite(values: ArrayLike<number>): boolean {
  return Array.from(values).every(Number.isFinite);
}

function fitted(
  columns: readonly (readonly DoubleDouble[])[],
  y: ArrayLike<number>,
  intercept: boolean,
): LinearRegression | Undefined {
  const truth = Array.from(y, exactly);
  const found = leastSquares(columns, truth);
  if (found.kind === "undefined") return found;
  let mean = zero;
  if (intercept) {
    for (const one of truth) mean = add(mean, one);
    mean = divide(mean, exactly(truth.length));
  }
  let squares = zero;
  for (const one of truth) {
    const off = subtract(one, mean);
    squares = add(squares, multiply(off, off));
  }
  const about = rounded(squares);
  const free = truth.length - columns.length;
  return {
    kind: "value",
    coefficients: found.coefficients.map(rounded),
    rSquared: about > 0 ? 1 - found.residualSquares / about : Number.NaN,
    residualDeviation: free > 0 ? Math.sqrt(found.residualSquares / free) : Number.NaN,
  };
}
