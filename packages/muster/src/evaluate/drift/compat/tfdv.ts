import { binnedMasses, equalWidthEdges } from "../../../stats/histogram-bins.ts";
import { jensenShannonDivergence } from "../../../stats/jensen-shannon-distance.ts";
import { lInfinityDistance } from "../../../stats/l-infinity-distance.ts";
import type { WeightedValues } from "../../../stats/weighted-values.ts";
import { numbersOf, pairedCounts, type ToolColumn, type ToolResult, totalOf } from "./tool-column.ts";

/** Names of TensorFlow Data Validation's comparators. */
export const tfdvTests: readonly string[] = ["infinity_norm", "jensen_shannon_divergence"];
const buckets = 10;
const mostRanked = 1000;

/**
 * What TFDV's comparators say of a column, by their published formulas: ten equal-width buckets of each side's own range,
 * joined at all edges with the mass spread evenly; texts by their 1000 most frequent values. Exact histograms, where it
 * sketches. It has no default thresholds.
 */
export function tfdv(column: ToolColumn, test = "jensen_shannon_divergence"): ToolResult {
  const both = numbersOf(column);
  const none = totalOf(column.base) === 0 || totalOf(column.current) === 0;
  const [base, current] =
    none || (both !== null && test === "infinity_norm")
      ? [[], []]
      : both === null
        ? ranked(column)
        : aligned(...both);
  const distance = test === "infinity_norm" ? lInfinityDistance : jensenShannonDivergence;
  const value = base.length === 0 ? Number.NaN : distance(base, current);
  return { test, value, threshold: null, drifted: null };
}

function ranked(column: ToolColumn): readonly [number[], number[]] {
  const { base, current } = pairedCounts(column);
  const top = (counts: Float64Array): number[] => {
    const order = Array.from(counts.keys()).sort((i, j) => (counts[j] ?? 0) - (counts[i] ?? 0));
    const kept = new Set(order.slice(0, mostRanked));
    return Array.from(counts, (count, i) => (kept.has(i) ? count : 0));
  };
  return [top(base), top(current)];
}

function aligned(a: WeightedValues, b: WeightedValues): readonly [number[], number[]] {
  const sides = [a, b].map((side) => {
    const [low, high] = [side.values[0] ?? 0, side.values.at(-1) ?? 0];
    // A single value is a bucket without a width.
    const edges = low === high ? Float64Array.of(low, high) : equalWidthEdges(low, high, buckets);
    const masses = low === high ? Float64Array.of(side.total) : binnedMasses(side.values, side.masses, edges);
    return { edges, masses };
  });
  const all = [...new Set(sides.flatMap(({ edges }) => Array.from(edges)))].sort((x, y) => x - y);
  const [left, right] = sides.map(({ edges, masses }) => {
    const points = new Map<number, number>();
    const cells = new Array<number>(Math.max(0, all.length - 1)).fill(0);
    for (let i = 0; i < masses.length; i++) {
      const [from, to, mass] = [edges[i] ?? 0, edges[i + 1] ?? 0, masses[i] ?? 0];
      if (from === to) {
        points.set(from, mass);
        continue;
      }
      for (let c = 0; c + 1 < all.length; c++) {
        const [low, high] = [all[c] ?? 0, all[c + 1] ?? 0];
        if (low >= from && high <= to) cells[c] = (cells[c] ?? 0) + (mass * (high - low)) / (to - from);
      }
    }
    return { cells, points };
  });
  const points = [...new Set([...(left?.points.keys() ?? []), ...(right?.points.keys() ?? [])])];
  return [
    [...(left?.cells ?? []), ...points.map((at) => left?.points.get(at) ?? 0)],
    [...(right?.cells ?? []), ...points.map((at) => right?.points.get(at) ?? 0)],
  ];
}
