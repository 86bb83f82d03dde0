import { chiSquareFit, cramersV } from "../../../stats/chi-square.ts";
import { ks2samp, ksStatistic } from "../../../stats/ks-2samp.ts";
import { psiOfShares } from "../../../stats/population-stability-index.ts";
import { wassersteinDistance } from "../../../stats/wasserstein-distance.ts";
import type { WeightedValues } from "../../../stats/weighted-values.ts";
import {
  numbersOf,
  pairedCounts,
  scaledTogether,
  type ToolColumn,
  type ToolResult,
  totalOf,
} from "./tool-column.ts";

// Two tools that were not run beside this code: their published formulas, not their programs, are what it is held to.

/** Names of Deepchecks' methods. */
export const deepchecksTests: readonly string[] = ["cramers_v", "emd", "ks", "psi"];
const leastShare = 0.01;

/** What Deepchecks 0.19 says of a column: feature drift, without its sampling of 100,000 rows. */
export function deepchecks(column: ToolColumn, test?: string): ToolResult {
  const both = numbersOf(column);
  const name = test ?? (both === null ? "cramers_v" : "ks");
  const value = ((): number => {
    if (totalOf(column.base) === 0 || totalOf(column.current) === 0) return Number.NaN;
    if (name === "ks") return both === null ? Number.NaN : ksStatistic(...both);
    if (name === "emd") return both === null ? Number.NaN : trimmedDistance(...both);
    const { base, current } = pooled(column);
    const [m, n] = [totalOf(column.base), totalOf(column.current)];
    if (name === "psi") {
      const floor = (count: number, of: number): number => Math.max(count / of, leastShare);
      return psiOfShares(
        base.map((count) => floor(count, m)),
        current.map((count) => floor(count, n)),
      );
    }
    // Scaled down to the smaller side, and rounded.
    const least = Math.min(m, n);
    return cramersV(
      [
        base.map((count) => Math.round((count / m) * least)),
        current.map((count) => Math.round((count / n) * least)),
      ],
      { unbiased: true },
    );
  })();
  return { test: name, value, threshold: 0.2, drifted: Number.isNaN(value) ? null : value >= 0.2 };
}

/** Categories with less than a hundredth of the reference are one. */
function pooled(column: ToolColumn): { readonly base: number[]; readonly current: number[] } {
  const { base, current } = pairedCounts(column);
  const m = totalOf(column.base);
  const kept = Array.from(base.keys()).filter((i) => (base[i] ?? 0) / m >= leastShare);
  const rest = (counts: Float64Array): number =>
    counts.reduce((sum, n) => sum + n, 0) - kept.reduce((sum, i) => sum + (counts[i] ?? 0), 0);
  const others = rest(base) + rest(current) > 0;
  const with_ = (counts: Float64Array): number[] => [
    ...kept.map((i) => counts[i] ?? 0),
    ...(others ? [rest(counts)] : []),
  ];
  return { base: with_(base), current: with_(current) };
}

/** The middle 95 % of each side, on a scale of 0 to 1. */
function trimmedDistance(a: WeightedValues, b: WeightedValues): number {
  return wassersteinDistance(...scaledTogether(trimmed(a), trimmed(b)));
}

function trimmed({ values, masses, total }: WeightedValues): WeightedValues {
  let below = 0;
  const kept: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const from = below;
    below += masses[i] ?? 0;
    if (below > 0.025 * total && from < 0.975 * total) kept.push(i);
  }
  const some = Float64Array.from(kept, (i) => masses[i] ?? 0);
  return {
    values: Float64Array.from(kept, (i) => values[i] ?? 0),
    masses: some,
    total: some.reduce((sum, n) => sum + n, 0),
  };
}

/** Names of Giskard's tests. */
export const giskardTests: readonly string[] = ["chi_square", "emd", "ks", "psi"];
const giskardCategories = 20;
const giskardFloor = 0.0001;

/** What Giskard 2 says of a column; identical categories count as such, where its chi-square test fails. */
export function giskard(column: ToolColumn, test?: string): ToolResult {
  const both = numbersOf(column);
  const name = test ?? (both === null ? "psi" : "ks");
  const isP = name === "ks" || name === "chi_square";
  const threshold = isP ? 0.05 : 0.2;
  const value = ((): number => {
    const [m, n] = [totalOf(column.base), totalOf(column.current)];
    if (m === 0 || n === 0) return Number.NaN;
    if (name === "ks") return both === null ? Number.NaN : ks2samp(...both).p;
    if (name === "emd") return both === null ? Number.NaN : wassersteinDistance(...scaledTogether(...both));
    const { base, current } = mostFrequent(column);
    if (name === "psi") {
      return psiOfShares(
        current.map((count) => Math.max(count / n, giskardFloor)),
        base.map((count) => Math.max(count / m, giskardFloor)),
      );
    }
    return chiSquareFit(
      current,
      base.map((count) => (count * n) / m),
    ).p;
  })();
  return {
    test: name,
    value,
    threshold,
    drifted: Number.isNaN(value) ? null : isP ? value < threshold : value > threshold,
  };
}

function mostFrequent(column: ToolColumn): { readonly base: number[]; readonly current: number[] } {
  const { keys, base, current } = pairedCounts(column);
  const order = keys.map((_, i) => i).sort((i, j) => (base[j] ?? 0) - (base[i] ?? 0));
  const [kept, rest] = [order.slice(0, giskardCategories), order.slice(giskardCategories)];
  const with_ = (counts: Float64Array): number[] => [
    ...kept.map((i) => counts[i] ?? 0),
    ...(rest.length > 0 ? [rest.reduce((sum, i) => sum + (counts[i] ?? 0), 0)] : []),
  ];
  return { base: with_(base), current: with_(current) };
}
