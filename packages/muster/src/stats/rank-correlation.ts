import { known, type Statistic, undefinedBecause } from "./statistic.ts";

/** Distinct pairs of numbers, in any order, each with the rows (or weight) that have it. */
export interface PairCells {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
}

/** The correlation of mid-ranks (C. Spearman 1904). Weights count as repeated rows. */
export function spearman({ x, y, weights }: PairCells): Statistic {
  const ranksX = midRanks(x, weights);
  const ranksY = midRanks(y, weights);
  let n = 0;
  let meanX = 0;
  let meanY = 0;
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i] ?? 0;
    n += w;
    meanX += w * (ranksX[i] ?? 0);
    meanY += w * (ranksY[i] ?? 0);
  }
  if (!(n > 0)) return undefinedBecause("all weights are 0");
  meanX /= n;
  meanY /= n;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i] ?? 0;
    const a = (ranksX[i] ?? 0) - meanX;
    const b = (ranksY[i] ?? 0) - meanY;
    xx += w * a * a;
    yy += w * b * b;
    xy += w * a * b;
  }
  return ratio(xy, xx, yy);
}

/**
 * Kendall's tau-b: agreeing minus disagreeing pairs, by what they could be given the ties (M. G. Kendall, Biometrika 33
 * (1945) 239). Weights count as repeated rows. In the logarithm of the cells, by a Fenwick tree (W. R. Knight 1966).
 */
export function kendallTauB({ x, y, weights }: PairCells): Statistic {
  const order = Array.from(weights, (_, i) => i).filter((i) => (weights[i] ?? 0) > 0);
  order.sort((a, b) => (x[a] ?? 0) - (x[b] ?? 0));
  const place = new Map(
    [...new Set(order.map((i) => y[i] ?? 0))].sort((a, b) => a - b).map((v, k) => [v, k]),
  );
  const tree = new Float64Array(place.size + 1);
  const add = (at: number, w: number): void => {
    for (let k = at + 1; k < tree.length; k += k & -k) tree[k] = (tree[k] ?? 0) + w;
  };
  /** The weight of all earlier rows whose y stands before position `at`. */
  const before = (at: number): number => {
    let sum = 0;
    for (let k = at; k > 0; k -= k & -k) sum += tree[k] ?? 0;
    return sum;
  };
  let total = 0;
  let surplus = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && x[order[end] ?? 0] === x[order[start] ?? 0]) end++;
    const tied = order.slice(start, end);
    for (const i of tied) {
      const at = place.get(y[i] ?? 0) ?? 0;
      surplus += (weights[i] ?? 0) * (before(at) - (total - before(at + 1)));
    }
    for (const i of tied) {
      add(place.get(y[i] ?? 0) ?? 0, weights[i] ?? 0);
      total += weights[i] ?? 0;
    }
    start = end;
  }
  if (!(total > 0)) return undefinedBecause("all weights are 0");
  // Pairs that differ: all squares minus the squares of ties, halved on both sides.
  return ratio(2 * surplus, total * total - squares(x, weights), total * total - squares(y, weights));
}

function ratio(over: number, a: number, b: number): Statistic {
  if (!(a > 0 && b > 0)) return undefinedBecause("one of the two is constant");
  return known(Math.max(-1, Math.min(1, over / Math.sqrt(a) / Math.sqrt(b))));
}

/** The sum of squares of the weights that share a value. */
function squares(values: ArrayLike<number>, weights: ArrayLike<number>): number {
  const sums = new Map<number, number>();
  for (let i = 0; i < weights.length; i++) {
    const value = values[i] ?? 0;
    sums.set(value, (sums.get(value) ?? 0) + (weights[i] ?? 0));
  }
  let sum = 0;
  for (const one of sums.values()) sum += one * one;
  return sum;
}

/** The rank of each cell's value, tied ones sharing their mean rank. */
function midRanks(values: ArrayLike<number>, weights: ArrayLike<number>): Float64Array {
  const sums = new Map<number, number>();
  for (let i = 0; i < weights.length; i++) {
    const value = values[i] ?? 0;
    sums.set(value, (sums.get(value) ?? 0) + (weights[i] ?? 0));
  }
  const ranks = new Map<number, number>();
  let below = 0;
  for (const value of Float64Array.from(sums.keys()).sort()) {
    const own = sums.get(value) ?? 0;
    ranks.set(value, below + own / 2);
    below += own;
  }
  return Float64Array.from(values, (value) => ranks.get(value) ?? 0);
}
