import { known, type Statistic, undefinedBecause } from "./statistic.ts";

/** Distinct pairs of numbers, in any order, each with the rows (or weight) that have it. */
export interface PairCells {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
}

/** A correlation with what one more row of each cell does to it, or the reason why there is none. */
export type Correlation =
  | { readonly kind: "value"; readonly value: number; readonly slopes: Float64Array }
  | Extract<Statistic, { kind: "undefined" }>;

/** The correlation of mid-ranks (C. Spearman 1904). Weights count as repeated rows. */
export function spearman(cells: PairCells): Statistic {
  return withoutSlopes(spearmanSlopes(cells));
}

/**
 * Kendall's tau-b: agreeing minus disagreeing pairs, by what they could be given the ties (M. G. Kendall, Biometrika 33
 * (1945) 239). Weights count as repeated rows. In the logarithm of the cells, by a Fenwick tree (W. R. Knight 1966).
 */
export function kendallTauB(cells: PairCells): Statistic {
  return withoutSlopes(kendallSlopes(cells));
}

function withoutSlopes(found: Correlation): Statistic {
  return found.kind === "value" ? { kind: "value", value: found.value } : found;
}

/**
 * The large-sample standard error of a correlation of ranks: the root of the sum of squared slopes by squared weights
 * (its influence function, F. R. Hampel, JASA 69 (1974) 383). It counts that a row moves the ranks of all others, and holds
 * for any distribution and with ties, where the formulas for normal ones do not. `squares` are the sums of squared
 * weights in each cell.
 */
export function correlationError(slopes: Float64Array, squares: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < slopes.length; i++) sum += (squares[i] ?? 0) * (slopes[i] ?? 0) ** 2;
  return Math.sqrt(sum);
}

/** Spearman's correlation and its slope in the weight of each cell. */
export function spearmanSlopes({ x, y, weights }: PairCells): Correlation {
  let n = 0;
  for (let i = 0; i < weights.length; i++) n += weights[i] ?? 0;
  if (!(n > 0)) return { kind: "undefined", because: "all weights are 0" };
  // The mean of all mid-ranks is half of the rows.
  const a = midRanks(x, weights).map((rank) => rank - n / 2);
  const b = midRanks(y, weights).map((rank) => rank - n / 2);
  const inProducts = (of: Float64Array, and: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < of.length; i++) sum += (weights[i] ?? 0) * (of[i] ?? 0) * (and[i] ?? 0);
    return sum;
  };
  const [xx, yy, xy] = [inProducts(a, a), inProducts(b, b), inProducts(a, b)];
  const found = ratio(xy, xx, yy);
  if (found.kind === "undefined") return found;
  // A further row lifts the ranks above its own by a half against their mean, and lowers those below.
  const ofBbyX = liftedBy(x, weights, b);
  const ofAbyY = liftedBy(y, weights, a);
  const ofAbyX = liftedBy(x, weights, a);
  const ofBbyY = liftedBy(y, weights, b);
  const slopes = new Float64Array(weights.length);
  const root = Math.sqrt(xx) * Math.sqrt(yy);
  for (let i = 0; i < slopes.length; i++) {
    const [p, q] = [a[i] ?? 0, b[i] ?? 0];
    const byXY = p * q + (ofBbyX[i] ?? 0) + (ofAbyY[i] ?? 0);
    const byXX = p * p + 2 * (ofAbyX[i] ?? 0);
    const byYY = q * q + 2 * (ofBbyY[i] ?? 0);
    slopes[i] = byXY / root - (found.value / 2) * (byXX / xx + byYY / yy);
  }
  return { ...found, slopes };
}

/** For each cell half of what the numbers of higher values add up to, minus half of those of lower ones. */
function liftedBy(values: ArrayLike<number>, weights: ArrayLike<number>, of: Float64Array): Float64Array {
  const sums = new Map<number, number>();
  let all = 0;
  for (let i = 0; i < of.length; i++) {
    const own = (weights[i] ?? 0) * (of[i] ?? 0);
    all += own;
    sums.set(values[i] ?? 0, (sums.get(values[i] ?? 0) ?? 0) + own);
  }
  let below = 0;
  for (const value of Float64Array.from(sums.keys()).sort()) {
    const own = sums.get(value) ?? 0;
    sums.set(value, (all - own) / 2 - below);
    below += own;
  }
  return Float64Array.from(values, (value) => sums.get(value) ?? 0);
}

/** Kendall's tau-b and its slope in the weight of each cell. */
export function kendallSlopes({ x, y, weights }: PairCells): Correlation {
  const order = Array.from(weights, (_, i) => i).filter((i) => (weights[i] ?? 0) > 0);
  order.sort((a, b) => (x[a] ?? 0) - (x[b] ?? 0));
  const place = new Map(
    [...new Set(order.map((i) => y[i] ?? 0))].sort((a, b) => a - b).map((v, k) => [v, k]),
  );
  const at = Int32Array.from(y, (value) => place.get(value) ?? 0);
  /** For each cell the weight of pairs that agree with it minus those that do not. */
  const surplus = new Float64Array(weights.length);
  againstLower(order, { x, at, weights, places: place.size }, (i, lower, higher) => {
    surplus[i] = (surplus[i] ?? 0) + lower - higher;
  });
  order.reverse();
  againstLower(order, { x, at, weights, places: place.size }, (i, lower, higher) => {
    surplus[i] = (surplus[i] ?? 0) + higher - lower;
  });
  let total = 0;
  let pairs = 0;
  for (const i of order) {
    total += weights[i] ?? 0;
    pairs += (weights[i] ?? 0) * (surplus[i] ?? 0);
  }
  if (!(total > 0)) return { kind: "undefined", because: "all weights are 0" };
  const [tiesX, tiesY] = [tied(x, weights), tied(y, weights)];
  // Pairs that differ: all squares minus the squares of ties, both orders of a pair counted.
  const [ofX, ofY] = [total * total - tiesX.squares, total * total - tiesY.squares];
  const found = ratio(pairs, ofX, ofY);
  if (found.kind === "undefined") return found;
  const root = Math.sqrt(ofX) * Math.sqrt(ofY);
  const slopes = Float64Array.from(weights, (_, i) => {
    const byX = (2 * (total - (tiesX.of[i] ?? 0))) / ofX;
    const byY = (2 * (total - (tiesY.of[i] ?? 0))) / ofY;
    return (2 * (surplus[i] ?? 0)) / root - (found.value / 2) * (byX + byY);
  });
  return { ...found, slopes };
}

/** Says for each cell the weight of those earlier in the order, ties in x aside, that have a lower and a higher y. */
function againstLower(
  order: readonly number[],
  cells: {
    readonly x: ArrayLike<number>;
    readonly at: Int32Array;
    readonly weights: ArrayLike<number>;
    readonly places: number;
  },
  say: (i: number, lower: number, higher: number) => void,
): void {
  const { x, at, weights, places } = cells;
  const tree = new Float64Array(places + 1);
  const add = (place: number, w: number): void => {
    for (let k = place + 1; k < tree.length; k += k & -k) tree[k] = (tree[k] ?? 0) + w;
  };
  /** The weight of all earlier rows whose y stands before the place. */
  const before = (place: number): number => {
    let sum = 0;
    for (let k = place; k > 0; k -= k & -k) sum += tree[k] ?? 0;
    return sum;
  };
  let total = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && x[order[end] ?? 0] === x[order[start] ?? 0]) end++;
    for (let k = start; k < end; k++) {
      const i = order[k] ?? 0;
      say(i, before(at[i] ?? 0), total - before((at[i] ?? 0) + 1));
    }
    for (let k = start; k < end; k++) {
      const i = order[k] ?? 0;
      add(at[i] ?? 0, weights[i] ?? 0);
      total += weights[i] ?? 0;
    }
    start = end;
  }
}

function ratio(over: number, a: number, b: number): Statistic {
  if (!(a > 0 && b > 0)) return undefinedBecause("one of the two is constant");
  return known(Math.max(-1, Math.min(1, over / Math.sqrt(a) / Math.sqrt(b))));
}

/** For each cell the weight that shares its value, and the sum of the squares of these. */
function tied(values: ArrayLike<number>, weights: ArrayLike<number>): { of: Float64Array; squares: number } {
  const sums = new Map<number, number>();
  for (let i = 0; i < weights.length; i++) {
    const value = values[i] ?? 0;
    sums.set(value, (sums.get(value) ?? 0) + (weights[i] ?? 0));
  }
  let squares = 0;
  for (const one of sums.values()) squares += one * one;
  return { of: Float64Array.from(values, (value) => sums.get(value) ?? 0), squares };
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
