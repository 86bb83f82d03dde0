import { chiSquareContingency, cramersV } from "../../stats/chi-square.ts";
import { divergenceNoise } from "../../stats/divergence-noise.ts";
import { jensenShannonDistance } from "../../stats/jensen-shannon-distance.ts";
import { klDivergence } from "../../stats/kl-divergence.ts";
import { normalQuantile } from "../../stats/normal.ts";
import { populationStabilityIndex } from "../../stats/population-stability-index.ts";
import { shares } from "../../stats/shares.ts";
import { totalVariationDistance } from "../../stats/total-variation-distance.ts";
import type { Bin } from "./bins.ts";

/** Three-way, as everything that is judged: not knowing is an outcome of its own. */
export type DriftOutcome = "drifted" | "steady" | "undecided";

export interface CellStatistics {
  /** KL(current||base) in nats, both sides smoothed by half a row a cell. */
  readonly kl: number;
  /** `kl` less what chance alone makes of it on average, (cells - 1)/2 (1/n + 1/m). */
  readonly kl_debiased: number;
  /** One-sided 95 % upper bound of the divergence. */
  readonly kl_upper: number;
  readonly psi: number;
  /** Jensen-Shannon distance, base 2. */
  readonly js: number;
  readonly tv: number;
  /** Of Pearson's test that both sides come from one distribution. */
  readonly p_value: number;
  readonly cramers_v: number;
}

/** Added to each cell of either side (H. Jeffreys' prior for a multinomial). */
export const smoothing = 0.5;

/** Two bins of 50 rows each: with fewer nothing is called steady. */
const leastRows = 100;

/** The statistics of two sides in the same cells; NaN where a side has no rows. */
export function measureCells(bins: readonly Bin[]): CellStatistics {
  const base = bins.map((bin) => bin.base);
  const current = bins.map((bin) => bin.current);
  const [m, n] = [sum(base), sum(current)];
  if (n === 0 || m === 0) {
    const none = Number.NaN;
    return {
      kl: none,
      kl_debiased: none,
      kl_upper: none,
      psi: none,
      js: none,
      tv: none,
      p_value: 1,
      cramers_v: none,
    };
  }
  const p = current.map((count) => count + smoothing);
  const q = base.map((count) => count + smoothing);
  const kl = klDivergence(p, q);
  const noise = bins.length < 2 ? 0 : divergenceNoise(bins.length, m, n).expected;
  return {
    kl,
    kl_debiased: kl - noise,
    kl_upper: Math.max(0, kl - noise) + normalQuantile(0.95) * klDeviation(shares(p), shares(q), n, m),
    psi: populationStabilityIndex(p, q),
    js: jensenShannonDistance(p, q),
    tv: totalVariationDistance(current, base),
    p_value: chiSquareContingency([base, current]).p,
    cramers_v: cramersV([base, current]),
  };
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

/**
 * The deviation of an estimated divergence: by the delta method, with the gradients ln(p/q) and p/q, and besides that of
 * chi-squared / 2, which is all that is left where nothing has drifted.
 */
function klDeviation(p: ArrayLike<number>, q: ArrayLike<number>, n: number, m: number): number {
  let [log, log2, ratio, ratio2] = [0, 0, 0, 0];
  for (let i = 0; i < p.length; i++) {
    const [now, before] = [p[i] ?? 0, q[i] ?? 0];
    const l = Math.log(now / before);
    log += now * l;
    log2 += now * l * l;
    ratio += now;
    ratio2 += (now * now) / before;
  }
  const drifted = (log2 - log * log) / n + (ratio2 - ratio * ratio) / m;
  const still = ((p.length - 1) / 2) * (1 / n + 1 / m) ** 2;
  return Math.sqrt(Math.max(0, drifted) + still);
}

/** The outcome of one column, given its p-value as adjusted for all of them. */
export function judgeCells(
  { kl_debiased: kl, kl_upper: upper }: CellStatistics,
  [base, current]: readonly [number, number],
  p: number,
  { threshold, alpha }: { readonly threshold: number; readonly alpha: number },
): { readonly outcome: DriftOutcome; readonly because: string } {
  if (base === 0 || current === 0) {
    return { outcome: "undecided", because: `the ${base === 0 ? "base" : "current table"} has no rows` };
  }
  if (kl >= threshold && p <= alpha) {
    return { outcome: "drifted", because: "the divergence passes the threshold and is significant" };
  }
  if (Math.min(base, current) < leastRows) {
    return {
      outcome: "undecided",
      because: `fewer than ${leastRows} rows on one side are not enough to say`,
    };
  }
  if (upper < threshold) {
    return { outcome: "steady", because: "even the upper bound of the divergence stays below the threshold" };
  }
  return {
    outcome: "undecided",
    because:
      kl >= threshold
        ? "the divergence passes the threshold, but could be chance: not enough rows"
        : "the divergence is below the threshold, but its upper bound is not: not enough rows",
  };
}
