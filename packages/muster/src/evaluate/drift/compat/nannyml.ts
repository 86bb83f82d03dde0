import { chiSquareContingency } from "../../../stats/chi-square.ts";
import { hellingerDistance } from "../../../stats/hellinger-distance.ts";
import { binnedMasses, doaneBins, equalWidthEdges } from "../../../stats/histogram-bins.ts";
import { jensenShannonDistance } from "../../../stats/jensen-shannon-distance.ts";
import { ksStatistic } from "../../../stats/ks-2samp.ts";
import { lInfinityDistance } from "../../../stats/l-infinity-distance.ts";
import { wassersteinDistance } from "../../../stats/wasserstein-distance.ts";
import type { WeightedValues } from "../../../stats/weighted-values.ts";
import {
  numbersOf,
  pairedCounts,
  shapeOf,
  type ToolColumn,
  type ToolResult,
  totalOf,
} from "./tool-column.ts";

/** Names of NannyML's methods that are reproduced here. */
export const nannymlTests: readonly string[] = [
  "chi2",
  "hellinger",
  "jensen_shannon",
  "kolmogorov_smirnov",
  "l_infinity",
  "wasserstein",
];

/** From so many rows of the reference on it estimates on so many equal bins. */
const estimatedFrom = 10_000;
const estimatedBins = 10_000;

/**
 * What NannyML 0.13 says of a column, all current rows being one chunk. Its thresholds come from chunks of the reference
 * and are therefore not known here, but for chi2's.
 */
export function nannyml(column: ToolColumn, test = "jensen_shannon"): ToolResult {
  const empty = totalOf(column.base) === 0 || totalOf(column.current) === 0;
  const value = empty ? Number.NaN : run(test, column);
  if (test !== "chi2" || empty) return { test, value, threshold: null, drifted: null };
  const { base, current } = pairedCounts(column);
  const { p } = chiSquareContingency([base, current], { correction: true });
  return { test, value, threshold: 0.05, drifted: p < 0.05 };
}

function run(test: string, column: ToolColumn): number {
  const both = numbersOf(column);
  const paired = pairedCounts(column);
  switch (test) {
    case "jensen_shannon":
      return jensenShannonDistance(...inCells(column));
    case "hellinger":
      return hellingerDistance(...inCells(column));
    case "kolmogorov_smirnov":
      if (both === null) return Number.NaN;
      return both[0].total < estimatedFrom ? ksStatistic(...both) : estimatedKs(...both);
    case "wasserstein":
      if (both === null) return Number.NaN;
      return both[0].total < estimatedFrom ? wassersteinDistance(...both) : estimatedWasserstein(...both);
    case "chi2":
      return both === null
        ? chiSquareContingency([paired.base, paired.current], { correction: true }).statistic
        : Number.NaN;
    case "l_infinity":
      return both === null ? lInfinityDistance(paired.base, paired.current) : Number.NaN;
    default:
      return Number.NaN;
  }
}

/** Doane's bins of the reference, or its values; everything else of the current rows in one more cell. */
function inCells(column: ToolColumn): readonly [number[], number[]] {
  const both = numbersOf(column);
  if (both === null) {
    const { base, current } = pairedCounts(column);
    const known = Array.from(base.keys()).filter((i) => (base[i] ?? 0) > 0);
    const rest = totalOf(column.current) - known.reduce((sum, i) => sum + (current[i] ?? 0), 0);
    return [
      [...known.map((i) => base[i] ?? 0), 0],
      [...known.map((i) => current[i] ?? 0), rest],
    ];
  }
  const shape = shapeOf(both[0]);
  const edges = equalWidthEdges(shape.min, shape.max, doaneBins(shape));
  const [base, current] = both.map((side) => Array.from(binnedMasses(side.values, side.masses, edges)));
  const rest = both[1].total - (current ?? []).reduce((sum, n) => sum + n, 0);
  return [
    [...(base ?? []), 0],
    [...(current ?? []), rest],
  ];
}

function estimatedKs(base: WeightedValues, current: WeightedValues): number {
  const edges = equalWidthEdges(base.values[0] ?? 0, base.values.at(-1) ?? 0, estimatedBins);
  const [a, b] = [
    binnedMasses(base.values, base.masses, edges),
    binnedMasses(current.values, current.masses, edges),
  ];
  let [belowA, belowB, most] = [0, massBelow(current, edges[0] ?? 0), 0];
  for (let i = 0; i < a.length; i++) {
    belowA += a[i] ?? 0;
    belowB += b[i] ?? 0;
    most = Math.max(most, Math.abs(belowA / base.total - belowB / current.total));
  }
  return most;
}

function massBelow({ values, masses }: WeightedValues, limit: number): number {
  let below = 0;
  for (let i = 0; i < values.length && (values[i] ?? 0) < limit; i++) below += masses[i] ?? 0;
  return below;
}

/** On bins of the reference's range, with the tails beyond it added, as it does it: their share counts one row more. */
function estimatedWasserstein(base: WeightedValues, current: WeightedValues): number {
  const [low, high] = [base.values[0] ?? 0, base.values.at(-1) ?? 0];
  const edges = equalWidthEdges(low, high, estimatedBins);
  const [a, b] = [
    binnedMasses(base.values, base.masses, edges),
    binnedMasses(current.values, current.masses, edges),
  ];
  const width = (edges[1] ?? 0) - (edges[0] ?? 0);
  const smaller = tail(current, (value) => value < low);
  const bigger = tail(current, (value) => value > high);
  const amount = (rows: number): number => (rows > 0 ? (rows + 1) / current.total : 0);
  let [belowA, belowB, within] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    belowA += a[i] ?? 0;
    belowB += b[i] ?? 0;
    within += Math.abs(belowA / base.total - belowB / current.total - amount(smaller.total)) * width;
  }
  return (
    within + amount(smaller.total) * meanGap(smaller, low) + amount(bigger.total) * meanGap(bigger, high)
  );
}

function tail({ values, masses }: WeightedValues, isIn: (value: number) => boolean): WeightedValues {
  const at = Array.from(values.keys()).filter((i) => isIn(values[i] ?? 0));
  const kept = Float64Array.from(at, (i) => masses[i] ?? 0);
  return {
    values: Float64Array.from(at, (i) => values[i] ?? 0),
    masses: kept,
    total: kept.reduce((sum, n) => sum + n, 0),
  };
}

/** The mean distance of the rows from a limit, which counts as a row itself. */
function meanGap({ values, masses, total }: WeightedValues, limit: number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (masses[i] ?? 0) * Math.abs((values[i] ?? 0) - limit);
  return sum / (total + 1);
}
