/**
 * `exp`, `log` and `sigmoid` made of + - * / alone. ECMAScript leaves the last bits of Math.exp and Math.log to the
 * engine; these four operations it fixes to the bit, so that a training run gives the same model everywhere.
 */

const LN2_HIGH = 0.6931471803691238; // the upper 33 bits of ln 2, so that k * LN2_HIGH is exact
const LN2_LOW = 1.9082149292705877e-10;

/** e^x for |x| <= 700, to about one unit in the last place. */
export function exp(x: number): number {
  const k = Math.floor(x / Math.LN2 + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  // Taylor at |r| <= 0.35: the term of degree 14 is below 2^-57.
  let sum = 1;
  for (let n = 13; n >= 1; n--) sum = 1 + (sum * r) / n;
  return sum * powerOfTwo(k);
}

/** Natural logarithm for 1e-300 < x < 1e300, by Newton steps on `exp`. */
export function log(x: number): number {
  let exponent = 0;
  let m = x;
  for (; m > 1.5; m /= 2) exponent++;
  for (; m < 0.75; m *= 2) exponent--;
  let y = m - 1;
  for (let step = 0; step < 8; step++) y += m * exp(-y) - 1;
  return y + exponent * Math.LN2;
}

/** 1 / (1 + e^-x). */
export function sigmoid(x: number): number {
  return 1 / (1 + exp(-Math.max(-700, Math.min(700, x))));
}

/** Log-odds of a probability strictly between 0 and 1. */
export function logit(p: number): number {
  return log(p / (1 - p));
}

function powerOfTwo(k: number): number {
  let power = 1;
  let base = k < 0 ? 0.5 : 2;
  for (let n = Math.abs(k); n > 0; n >>= 1) {
    if (n & 1) power *= base;
    base *= base;
  }
  return power;
}
