import { chiSquareFit } from "../../../stats/chi-square.ts";
import { binnedMasses, doaneBins, equalWidthEdges } from "../../../stats/histogram-bins.ts";
import { jensenShannonDistance } from "../../../stats/jensen-shannon-distance.ts";
import { klDivergence } from "../../../stats/kl-divergence.ts";
import { ks2samp } from "../../../stats/ks-2samp.ts";
import { normalTwoSided } from "../../../stats/normal.ts";
import { psiOfShares } from "../../../stats/population-stability-index.ts";
import { wassersteinDistance } from "../../../stats/wasserstein-distance.ts";
import { type WeightedValues, weightedValues } from "../../../stats/weighted-values.ts";
import {
  distinctOf,
  numbersOf,
  pairedCounts,
  shapeOf,
  type ToolColumn,
  type ToolResult,
  totalOf,
  union,
} from "./tool-column.ts";

/** Names of Evidently's tests that are reproduced here. */
export const evidentlyTests: readonly string[] = [
  "chisquare",
  "hellinger",
  "jensenshannon",
  "kl_div",
  "ks",
  "psi",
  "wasserstein",
  "z",
];

/** Its p-values warn below 0.05, its distances from 0.1 on. */
const isPValue = new Set(["chisquare", "ks", "z"]);

/** Below so many rows of the reference it tests for significance, above for size. */
const mostTested = 1000;
/** Numbers with more distinct values in the reference are binned. */
const mostUnbinned = 20;
const wassersteinBins = 1000;

/**
 * What Evidently 0.7 (pandas) says of a column: its own choice of a test, or the named one. With `spark` as its Spark
 * code does: bins by Doane's rule, always, and Wasserstein on 1000 bins a side.
 */
export function evidently(column: ToolColumn, test: string | undefined, spark = false): ToolResult {
  const name = test ?? defaultTest(column, spark);
  const value =
    totalOf(column.base) === 0 || totalOf(column.current) === 0 ? Number.NaN : run(name, column, spark);
  const threshold = isPValue.has(name) ? 0.05 : 0.1;
  const drifted = isPValue.has(name)
    ? value < threshold || (name === "ks" && value <= threshold)
    : value >= threshold;
  return { test: name, value, threshold, drifted: Number.isNaN(value) ? null : drifted };
}

function defaultTest(column: ToolColumn, spark: boolean): string {
  const distinct = distinctOf(column);
  const numbers = numbersOf(column) !== null;
  if (totalOf(column.base) > mostTested)
    return numbers && (distinct > 5 || spark) ? "wasserstein" : "jensenshannon";
  if (spark) return "chisquare";
  if (numbers && distinct > 5) return "ks";
  return distinct > 2 ? "chisquare" : "z";
}

function run(test: string, column: ToolColumn, spark: boolean): number {
  const both = numbersOf(column);
  switch (test) {
    case "psi":
      return psiOfShares(...filled(column, spark));
    case "kl_div":
      return klDivergence(...filled(column, spark));
    case "jensenshannon":
      return jensenShannonDistance(...sharesOf(column, spark), Math.E);
    case "hellinger":
      return hellinger(column);
    case "chisquare": {
      const { base, current } = pairedCounts(column);
      const scale = totalOf(column.current) / totalOf(column.base);
      return chiSquareFit(
        current,
        base.map((count) => count * scale),
      ).p;
    }
    case "z":
      return proportions(column);
    case "ks":
      return both === null ? Number.NaN : ks2samp(...both).p;
    case "wasserstein": {
      if (both === null) return Number.NaN;
      const scale = Math.max(shapeOf(both[0]).deviation, 0.001);
      const sides = spark ? ([centred(both[0]), centred(both[1])] as const) : both;
      return wassersteinDistance(...sides) / scale;
    }
    default:
      return Number.NaN;
  }
}

/** Shares of both sides in its bins. */
function sharesOf(column: ToolColumn, spark: boolean): readonly [Float64Array, Float64Array] {
  const both = numbersOf(column);
  const [m, n] = [totalOf(column.base), totalOf(column.current)];
  if (both === null || (!spark && both[0].values.length <= mostUnbinned)) {
    const { base, current } = pairedCounts(column);
    return [base.map((count) => count / m), current.map((count) => count / n)];
  }
  const shape = shapeOf(union(...both));
  const edges = equalWidthEdges(
    shape.min,
    shape.max,
    spark ? doaneBins(shape) : numpySturges(shape.n, shape.max - shape.min, column.integer),
  );
  const [base, current] = both.map((side) => binnedMasses(side.values, side.masses, edges));
  return [(base ?? edges).map((count) => count / m), (current ?? edges).map((count) => count / n)];
}

/** numpy's "sturges": as many bins as widths fit; since numpy 2 no narrower than 1 for integers. */
function numpySturges(n: number, range: number, integer: boolean): number {
  const width = range / (Math.log2(n) + 1);
  return range > 0 ? Math.ceil(range / (integer ? Math.max(1, width) : width)) : 1;
}

/** Empty cells get 0.0001, or a millionth of the smallest share when that is no larger; the sum is left as it is. */
function filled(column: ToolColumn, spark: boolean): readonly [Float64Array, Float64Array] {
  const [base, current] = sharesOf(column, spark);
  const fill = (shares: Float64Array): Float64Array => {
    const least = shares.reduce((min, share) => (share > 0 ? Math.min(min, share) : min), 1);
    const stand = least <= 0.0001 ? least / 1e6 : 0.0001;
    return shares.map((share) => (share === 0 ? stand : share));
  };
  return [fill(base), fill(current)];
}

/** Numbers by Sturges' bins of the distinct values of both sides. */
function hellinger(column: ToolColumn): number {
  const both = numbersOf(column);
  const [m, n] = [totalOf(column.base), totalOf(column.current)];
  if (both === null) {
    const { base, current } = pairedCounts(column);
    return Math.sqrt(1 - Math.min(1, affinity(base, current, m, n)));
  }
  const distinct = union(...both).values;
  const [min, max] = [distinct[0] ?? 0, distinct.at(-1) ?? 0];
  const edges = equalWidthEdges(min, max, numpySturges(distinct.length, max - min, column.integer));
  const [base, current] = both.map((side) => binnedMasses(side.values, side.masses, edges));
  return Math.sqrt(1 - Math.min(1, affinity(base ?? edges, current ?? edges, m, n)));
}

function affinity(base: Float64Array, current: Float64Array, m: number, n: number): number {
  return base.reduce((sum, count, i) => sum + Math.sqrt((count / m) * ((current[i] ?? 0) / n)), 0);
}

/** Of all values but the first one in their order. */
function proportions(column: ToolColumn): number {
  const { keys, base, current } = pairedCounts(column);
  if (keys.length === 1) return 1;
  const numbers = numbersOf(column) !== null;
  const sorted = [...keys].sort((a, b) => (numbers ? Number(a) - Number(b) : a < b ? -1 : 1));
  const first = keys.indexOf(sorted[0] ?? "");
  const [m, n] = [totalOf(column.base), totalOf(column.current)];
  const [p, q] = [1 - (base[first] ?? 0) / m, 1 - (current[first] ?? 0) / n];
  const pooled = (p * m + q * n) / (m + n);
  return normalTwoSided((p - q) / Math.sqrt(pooled * (1 - pooled) * (1 / m + 1 / n)));
}

function centred({ values, masses }: WeightedValues): WeightedValues {
  const edges = equalWidthEdges(values[0] ?? 0, values.at(-1) ?? 0, wassersteinBins);
  const centres = Float64Array.from(
    { length: wassersteinBins },
    (_, i) => ((edges[i] ?? 0) + (edges[i + 1] ?? 0)) / 2,
  );
  return weightedValues(centres, binnedMasses(values, masses, edges));
}
