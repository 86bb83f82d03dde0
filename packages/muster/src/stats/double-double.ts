/**
 * A number as the unevaluated sum of two doubles, high + low, with about 32 digits: for the few sums in which a
 * double loses what was asked for. T. J. Dekker, Numerische Mathematik 18 (1971) 224; the names of the parts are
 * those of Y. Hida, X. S. Li & D. H. Bailey, ARITH-15 (2001).
 */
export interface DoubleDouble {
  readonly high: number;
  readonly low: number;
}

export const zero: DoubleDouble = { high: 0, low: 0 };

export function exactly(value: number): DoubleDouble {
  return { high: value, low: 0 };
}

export function rounded(a: DoubleDouble): number {
  return a.high + a.low;
}

/** 2^27 + 1 cuts a double's 53 bits in two halves whose products are exact. */
const splitter = 134_217_729;

function quickTwoSum(a: number, b: number): DoubleDouble {
  const high = a + b;
  return { high, low: b - (high - a) };
}

function twoSum(a: number, b: number): DoubleDouble {
  const high = a + b;
  const of = high - a;
  return { high, low: a - (high - of) + (b - of) };
}

function twoProduct(a: number, b: number): DoubleDouble {
  const high = a * b;
  const cutA = splitter * a;
  const highA = cutA - (cutA - a);
  const lowA = a - highA;
  const cutB = splitter * b;
  const highB = cutB - (cutB - b);
  const lowB = b - highB;
  return { high, low: highA * highB - high + highA * lowB + lowA * highB + lowA * lowB };
}

export function add(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const high = twoSum(a.high, b.high);
  const low = twoSum(a.low, b.low);
  const first = quickTwoSum(high.high, high.low + low.high);
  return quickTwoSum(first.high, first.low + low.low);
}

export function negate(a: DoubleDouble): DoubleDouble {
  return { high: -a.high, low: -a.low };
}

export function subtract(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  return add(a, negate(b));
}

export function multiply(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const product = twoProduct(a.high, b.high);
  return quickTwoSum(product.high, product.low + a.high * b.low + a.low * b.high);
}

/** NaN for a divisor of 0. */
export function divide(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const first = a.high / b.high;
  let rest = subtract(a, multiply(b, exactly(first)));
  const second = rest.high / b.high;
  rest = subtract(rest, multiply(b, exactly(second)));
  const third = rest.high / b.high;
  return add(quickTwoSum(first, second), exactly(third));
}

/** One step of Newton from the double's own root doubles its digits. NaN below 0. */
export function squareRoot(a: DoubleDouble): DoubleDouble {
  if (a.high === 0) return zero;
  const root = Math.sqrt(a.high);
  const rest = subtract(a, twoProduct(root, root));
  return add(exactly(root), exactly(rest.high / (2 * root)));
}
