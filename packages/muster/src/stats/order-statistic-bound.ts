import { incompleteBeta } from "./incomplete-beta.ts";
import type { Side } from "./interval.ts";
import { normalQuantile } from "./normal.ts";

/**
 * Which of n ordered values bounds the q-quantile from below or above, from 1; null where not even the outermost one does.
 * Exact for any distribution, as the values at or below the quantile are binomial: the r-th is above it with the
 * probability that at most r - 1 of n are (W. R. Thompson, Annals of Mathematical Statistics 7 (1936) 122; H. A. David &
 * H. N. Nagaraja, Order Statistics, 3rd ed. 2003, section 7.1). With ties it misses less often. `n` may be broken.
 */
export function orderStatisticRank(n: number, q: number, confidence: number, side: Side): number | null {
  // The r-th largest of the values is the r-th smallest of their negatives, whose 1 - q quantile it bounds.
  if (side === "upper") {
    const rank = orderStatisticRank(n, 1 - q, confidence, "lower");
    return rank === null ? null : n + 1 - rank;
  }
  // I_(1-q)(n - r + 1, r) is the probability of at most r - 1.
  const holds = (r: number): boolean =>
    r <= n && (q >= 1 || incompleteBeta(1 - q, n - r + 1, r, q).lower <= 1 - confidence);
  if (!(n >= 1 && q > 0) || !holds(1)) return null;
  const spread = normalQuantile(confidence) * Math.sqrt(n * q * (1 - q));
  // The normal rank is off by little, so the search starts there and doubles its steps.
  let low = Math.min(Math.max(1, Math.floor(n * q - spread)), Math.max(1, Math.floor(n)));
  let step = 1;
  while (!holds(low)) {
    low = Math.max(1, low - step);
    step *= 2;
  }
  step = 1;
  while (holds(low + step)) {
    low += step;
    step *= 2;
  }
  let high = low + step;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** Ascending values with what each counts; `squares` are the sums of the squared weights, the weights themselves where all are 1. */
export interface WeighedValues {
  readonly values: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
  readonly squares: ArrayLike<number>;
}

/**
 * How many equal rows tell as much of the share below `at`: its own effective number by linearisation (E. L. Korn & B. I.
 * Graubard, Survey Methodology 24 (1998) 193), and never more than Kish's. Unweighted rows are counted.
 */
export function rowsBehindQuantile(
  { values, weights, squares }: WeighedValues,
  q: number,
  at: number,
): number {
  let total = 0;
  let all = 0;
  let spread = 0;
  for (let i = 0; i < values.length; i++) {
    const square = squares[i] ?? 0;
    total += weights[i] ?? 0;
    all += square;
    spread += square * ((values[i] ?? 0) <= at ? 1 - q : q) ** 2;
  }
  if (all === total) return total;
  const kish = (total * total) / all;
  return q > 0 && q < 1 && spread > 0 ? Math.min(kish, (q * (1 - q) * total * total) / spread) : kish;
}

/**
 * The bounds of a quantile: the ordered value of `orderStatisticRank`, with weights the one at the same share of the weight
 * (R. S. Woodruff, JASA 47 (1952) 635). Null where no value bounds it. `rows` is `rowsBehindQuantile`.
 */
export function quantileBounds(
  { values, weights }: Pick<WeighedValues, "values" | "weights">,
  rows: number,
  q: number,
): (confidence: number, side: Side) => number | null {
  const reached = new Float64Array(values.length);
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    total += weights[i] ?? 0;
    reached[i] = total;
  }
  return (confidence, side) => {
    const rank = orderStatisticRank(rows, q, confidence, side);
    if (rank === null || values.length === 0) return null;
    // Sums of weights carry rounding, which must not move a bound by a whole value.
    const wanted = (rank / rows) * total * (1 - 1e-12);
    let low = 0;
    let high = values.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((reached[middle] ?? 0) >= wanted) high = middle;
      else low = middle + 1;
    }
    return values[low] ?? null;
  };
}
