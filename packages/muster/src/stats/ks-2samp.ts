import { kolmogorovUpper } from "./kolmogorov.ts";
import { type WeightedValues, walkBoth } from "./weighted-values.ts";

export type Alternative = "two-sided" | "less" | "greater";

export interface KsOptions {
  /** Which way the distribution function of the first sample is thought to lie from the other's. */
  readonly alternative?: Alternative;
  /** `auto`, as scipy: exact up to 10,000 values a side, the limit beyond. */
  readonly method?: "auto" | "exact" | "asymp";
}

export interface KolmogorovSmirnov {
  readonly statistic: number;
  readonly p: number;
}

const mostExact = 10_000;

/**
 * The two-sample Kolmogorov-Smirnov test, by the rules of scipy.stats.ks_2samp. Both sides are values with counts,
 * ties among them as they come. NaN for an empty side.
 */
export function ks2samp(a: WeightedValues, b: WeightedValues, options: KsOptions = {}): KolmogorovSmirnov {
  const { alternative = "two-sided", method = "auto" } = options;
  const statistic = ksStatistic(a, b, alternative);
  return { statistic, p: ksPValue(statistic, a.total, b.total, { alternative, method }) };
}

/** The largest distance between the two distribution functions, in the alternative's direction. */
export function ksStatistic(
  a: WeightedValues,
  b: WeightedValues,
  alternative: Alternative = "two-sided",
): number {
  if (!(a.total > 0 && b.total > 0)) return Number.NaN;
  let [above, below] = [0, 0];
  walkBoth(a, b, (belowA, belowB) => {
    above = Math.max(above, belowA - belowB);
    below = Math.max(below, belowB - belowA);
  });
  if (alternative === "greater") return above;
  return alternative === "less" ? below : Math.max(above, below);
}

/** The p-value of a statistic between samples of n and m values. */
export function ksPValue(
  statistic: number,
  n: number,
  m: number,
  { alternative = "two-sided", method = "auto" }: KsOptions = {},
): number {
  if (!(n > 0 && m > 0) || Number.isNaN(statistic)) return Number.NaN;
  const exact = method === "exact" || (method === "auto" && Math.max(n, m) <= mostExact);
  if (exact) return exactP(statistic, n, m, alternative);
  const size = (n * m) / (n + m);
  if (alternative === "two-sided") return kolmogorovUpper(statistic, Math.round(size));
  // J. L. Hodges, Ark. Mat. 3 (1958) 469, equation 5.3.
  const [larger, smaller] = [Math.max(n, m), Math.min(n, m)];
  const z = Math.sqrt(size) * statistic;
  const shift = (2 * z * (larger + 2 * smaller)) / Math.sqrt(larger * smaller * (larger + smaller)) / 3;
  return Math.min(1, Math.exp(-2 * z * z - shift));
}

/**
 * The chance that a random order of n and m values ever parts their distribution functions by d or more: every order is
 * a path on a lattice, and what leaves the band around the diagonal is added up as it leaves, so that a small chance
 * keeps its digits (Hodges, section 3).
 */
function exactP(d: number, n: number, m: number, alternative: Alternative): number {
  const divisor = greatestCommonDivisor(n, m);
  const [stepN, stepM] = [m / divisor, n / divisor];
  // Distances are multiples of 1/lcm; the statistic was rounded on its way here.
  const limit = Math.round(d * stepM * m);
  if (limit <= 0) return 1;
  const outside = (i: number, j: number): boolean => {
    const ahead = i * stepN - j * stepM;
    if (alternative === "greater") return ahead >= limit;
    return alternative === "less" ? -ahead >= limit : Math.abs(ahead) >= limit;
  };
  // The columns of row i that can lie inside the band.
  const lowest = (i: number): number =>
    alternative === "less" ? 0 : Math.max(0, Math.floor((i * stepN - limit) / stepM) + 1);
  const highest = (i: number): number =>
    alternative === "greater" ? m : Math.min(m, Math.ceil((i * stepN + limit) / stepM) - 1);
  let left = 0;
  /** The chance of standing at (i, j) without having been outside. */
  let row = new Float64Array(m + 2);
  row[0] = 1;
  for (let i = 0; i <= n; i++) {
    const next = new Float64Array(m + 2);
    for (let j = lowest(i); j <= highest(i); j++) {
      const here = row[j] ?? 0;
      if (here === 0) continue;
      const rest = n + m - i - j;
      if (i < n) {
        const chance = (here * (n - i)) / rest;
        if (outside(i + 1, j)) left += chance;
        else next[j] = (next[j] ?? 0) + chance;
      }
      if (j < m) {
        const chance = (here * (m - j)) / rest;
        if (outside(i, j + 1)) left += chance;
        else row[j + 1] = (row[j + 1] ?? 0) + chance;
      }
    }
    row = next;
  }
  return Math.min(1, left);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
