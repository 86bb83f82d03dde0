import { known, type Statistic, undefinedBecause } from "./statistic.ts";

/** Above this many pairs the exact distribution has more terms than anybody waits for; use an AUC's interval then. */
const mostPairs = 10_000;

export interface MannWhitney {
  /** Pairs in which the value of x is the greater one, ties counting half. */
  readonly u: number;
  /** Two-sided, exact. */
  readonly p: Statistic;
}

/**
 * The rank test of H. B. Mann & D. R. Whitney, Ann. Math. Statist. 18 (1947) 50, with its exact two-sided p-value by
 * counting all orders. The p-value is undefined with ties, under which the orders are not equally likely.
 */
export function mannWhitney(x: ArrayLike<number>, y: ArrayLike<number>): MannWhitney {
  let u = 0;
  let ties = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < y.length; j++) {
      const difference = (x[i] ?? Number.NaN) - (y[j] ?? Number.NaN);
      if (difference > 0) u += 1;
      else if (difference === 0) {
        u += 0.5;
        ties += 1;
      } else if (Number.isNaN(difference))
        return { u: Number.NaN, p: undefinedBecause("a value is missing") };
    }
  }
  const pairs = x.length * y.length;
  if (pairs === 0) return { u, p: undefinedBecause("one of the two has no value") };
  if (ties > 0) return { u, p: undefinedBecause("there are ties between the two") };
  if (pairs > mostPairs) return { u, p: undefinedBecause(`there are more than ${mostPairs} pairs`) };
  const shares = orders(x.length, y.length);
  let tail = 0;
  for (let at = Math.max(u, pairs - u); at <= pairs; at++) tail += shares[at] ?? 0;
  return { u, p: known(Math.min(1, 2 * tail)) };
}

/**
 * The chance of each U of m and n values, by Mann and Whitney's recursion on the largest value: it is x's with chance
 * m / (m + n), and then beats all n.
 */
function orders(m: number, n: number): Float64Array {
  let rows: Float64Array[] = Array.from({ length: n + 1 }, () => Float64Array.of(1));
  for (let i = 1; i <= m; i++) {
    const next: Float64Array[] = [Float64Array.of(1)];
    for (let j = 1; j <= n; j++) {
      const own = new Float64Array(i * j + 1);
      const withX = rows[j] ?? own;
      const withY = next[j - 1] ?? own;
      for (let u = 0; u < withX.length; u++) own[u + j] = (own[u + j] ?? 0) + ((withX[u] ?? 0) * i) / (i + j);
      for (let u = 0; u < withY.length; u++) own[u] = (own[u] ?? 0) + ((withY[u] ?? 0) * j) / (i + j);
      next.push(own);
    }
    rows = next;
  }
  return rows[n] ?? Float64Array.of(1);
}
