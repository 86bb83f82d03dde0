import { ksStatistic } from "../../stats/ks-2samp.ts";
import { wassersteinDistance } from "../../stats/wasserstein-distance.ts";
import type { WeightedValues } from "../../stats/weighted-values.ts";

/** Distances between distributions of finite numbers; null where a side has none, or the column holds no numbers. */
export interface Distances {
  /** Earth mover's distance, in the unit of the column. */
  readonly wasserstein: number | null;
  /** The same over the range of the base's middle half; null where that is 0. */
  readonly wasserstein_iqr: number | null;
  /** The largest distance between both distribution functions. */
  readonly ks: number | null;
  /** `values`: exact. `cells`: from the rows between the cut points, where `ks` is too small by less than a cell's share. */
  readonly distances_from: "values" | "cells" | null;
}

export interface LineSide {
  /** Every value, where there are few enough. */
  readonly all: WeightedValues | null;
  /** Rows between the cut points. */
  readonly counts: ArrayLike<number>;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** Exact when both sides' values are known, else with rows spread evenly inside of each cell. */
export function distancesOf(
  base: LineSide,
  current: LineSide,
  cuts: readonly number[],
  middleHalf: number,
): Distances {
  const exact = base.all !== null && current.all !== null;
  const [wasserstein, ks] = exact
    ? [wassersteinDistance(base.all, current.all), ksStatistic(base.all, current.all)]
    : fromCells(base, current, cuts);
  if (Number.isNaN(wasserstein) || Number.isNaN(ks)) {
    return { wasserstein: null, wasserstein_iqr: null, ks: null, distances_from: null };
  }
  return {
    wasserstein,
    wasserstein_iqr: middleHalf > 0 ? wasserstein / middleHalf : null,
    ks,
    distances_from: exact ? "values" : "cells",
  };
}

function fromCells(base: LineSide, current: LineSide, cuts: readonly number[]): [number, number] {
  const [a, b] = [functionAt(base.counts), functionAt(current.counts)];
  const low = Math.min(base.min ?? Number.NaN, current.min ?? Number.NaN);
  const high = Math.max(base.max ?? Number.NaN, current.max ?? Number.NaN);
  let ks = 0;
  let area = 0;
  let [from, gapFrom] = [low, 0];
  const to = [...cuts.filter((cut) => cut > low && cut < high), high];
  for (const at of to) {
    const cell = at === high ? cuts.length : cuts.indexOf(at);
    const gap = at === high ? 0 : (a[cell] ?? 0) - (b[cell] ?? 0);
    ks = Math.max(ks, Math.abs(gap));
    area += (at - from) * meanAbsolute(gapFrom, gap);
    [from, gapFrom] = [at, gap];
  }
  return [a.length === 0 || b.length === 0 ? Number.NaN : area, ks];
}

/** The share of rows below each cut; nothing for no rows. */
function functionAt(counts: ArrayLike<number>): Float64Array {
  const rows = Array.from(counts);
  const total = rows.reduce((sum, count) => sum + count, 0);
  if (total === 0) return new Float64Array(0);
  let below = 0;
  return Float64Array.from(rows, (count) => {
    below += count;
    return below / total;
  });
}

/** Of a line from `a` to `b`. */
function meanAbsolute(a: number, b: number): number {
  if (a * b >= 0) return (Math.abs(a) + Math.abs(b)) / 2;
  return (a * a + b * b) / (2 * (Math.abs(a) + Math.abs(b)));
}
