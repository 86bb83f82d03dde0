import {
  add,
  type DoubleDouble,
  divide,
  exactly,
  multiply,
  negate,
  rounded,
  squareRoot,
  subtract,
  zero,
} from "./double-double.ts";

/** Columns below this share of their own length, once the others are taken out, add nothing that can be told. */
const leastShare = 1e-25;

export interface LeastSquares {
  readonly kind: "value";
  readonly coefficients: readonly DoubleDouble[];
  readonly residualSquares: number;
}

/**
 * The coefficients c for which the sum of (y - sum of c_j x_j)² is least, by Householder reflections (A. S.
 * Householder, J. ACM 5 (1958) 339; G. H. Golub, Numerische Mathematik 7 (1965) 206) in arithmetic of 32 digits. Never by
 * the normal equations, which square the condition number: of polynomial designs such as NIST's Filip they keep no
 * digit at all. Undefined when a column is a combination of the others, or when there are fewer rows than columns.
 */
export function leastSquares(
  columns: readonly (readonly DoubleDouble[])[],
  y: readonly DoubleDouble[],
): LeastSquares | { readonly kind: "undefined"; readonly because: string } {
  const rows = y.length;
  const width = columns.length;
  if (width === 0) return { kind: "undefined", because: "there is nothing to explain it by" };
  if (rows < width)
    return { kind: "undefined", because: `there are fewer rows (${rows}) than coefficients (${width})` };
  const a = columns.map((column) => [...column]);
  const b = [...y];
  const diagonal: DoubleDouble[] = [];
  for (let j = 0; j < width; j++) {
    const pivot = a[j] ?? [];
    const whole = rounded(squareRoot(dot(columns[j] ?? [], columns[j] ?? [], 0)));
    const length = squareRoot(dot(pivot, pivot, j));
    if (!(rounded(length) > whole * leastShare))
      return { kind: "undefined", because: `column ${j + 1} is a combination of the others` };
    const head = pivot[j] ?? zero;
    const turned = head.high > 0 ? negate(length) : length;
    pivot[j] = subtract(head, turned);
    // |v|² / 2 of the reflector v = x - turned e_j.
    const half = negate(multiply(turned, pivot[j] ?? zero));
    for (const other of [...a.slice(j + 1), b]) reflect(other, pivot, half, j);
    diagonal.push(turned);
  }
  const coefficients: DoubleDouble[] = new Array<DoubleDouble>(width).fill(zero);
  for (let j = width - 1; j >= 0; j--) {
    let left = b[j] ?? zero;
    for (let k = j + 1; k < width; k++)
      left = subtract(left, multiply(a[k]?.[j] ?? zero, coefficients[k] ?? zero));
    coefficients[j] = divide(left, diagonal[j] ?? zero);
  }
  const residualSquares = Math.max(0, rounded(dot(b, b, width)));
  return { kind: "value", coefficients, residualSquares };
}

function dot(a: readonly DoubleDouble[], b: readonly DoubleDouble[], from: number): DoubleDouble {
  let sum = zero;
  for (let i = from; i < a.length; i++) sum = add(sum, multiply(a[i] ?? zero, b[i] ?? zero));
  return sum;
}

function reflect(target: DoubleDouble[], v: readonly DoubleDouble[], half: DoubleDouble, from: number): void {
  const by = divide(dot(v, target, from), half);
  for (let i = from; i < target.length; i++)
    target[i] = subtract(target[i] ?? zero, multiply(by, v[i] ?? zero));
}

/** x to the powers 1, x, x² .. of the degree, each with all its digits: rounded powers alone cost Filip eight of them. */
export function powersOf(x: ArrayLike<number>, degree: number): DoubleDouble[][] {
  const ones = Array.from(x, () => exactly(1));
  const columns = [ones];
  for (let k = 1; k <= degree; k++) {
    const before = columns[k - 1] ?? ones;
    columns.push(Array.from(x, (value, i) => multiply(before[i] ?? zero, exactly(value))));
  }
  return columns;
}
