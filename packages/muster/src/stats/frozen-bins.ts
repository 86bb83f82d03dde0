import { nextAbove } from "./next-double.ts";
import type { WeightedValues } from "./weighted-values.ts";

export interface FrozenBins {
  /** Ascending cut points; a bin reaches from one (itself inside) to the next, the outer ones to infinity. */
  readonly cuts: readonly number[];
  /** Positions in `cuts` of those that bound the bins; the others only part a bin into finer cells. */
  readonly bins: readonly number[];
}

/**
 * About `k` bins of equal mass, open at both ends. A value that holds more than 1/k of the mass is a bin of its own;
 * what lies between such values is parted by its share of the rest. Cut points that fall together are one. Besides,
 * each bin is parted at the `fine`-quantiles. Only between two values that are bins of their own lies one without mass:
 * what comes to lie there was never seen. Without any mass there is no cut.
 */
export function frozenBins(sample: WeightedValues, k: number, fine: number): FrozenBins {
  const { values, masses, total } = sample;
  const bounds = new Set<number>();
  let from = 0;
  for (let i = 0; i <= values.length; i++) {
    const isHeavy = i < values.length && (masses[i] ?? 0) > total / k;
    if (i < values.length && !isHeavy) continue;
    const mass = sumOf(masses, from, i);
    const parts = Math.max(1, Math.round((mass / total) * k));
    if (i > from) for (const cut of quantileCuts(sample, from, i, mass, parts)) bounds.add(cut);
    if (isHeavy) {
      if (i > 0) bounds.add(values[i] ?? 0);
      if (i + 1 < values.length) bounds.add(nextAbove(values[i] ?? 0));
    }
    from = i + 1;
  }
  const all = new Set([...bounds, ...quantileCuts(sample, 0, values.length, total, fine)]);
  const cuts = [...all].sort((a, b) => a - b);
  return { cuts, bins: cuts.flatMap((cut, i) => (bounds.has(cut) ? [i] : [])) };
}

/** Values with j/parts of the mass of this stretch below them, or a little more. */
function quantileCuts(
  { values, masses }: WeightedValues,
  from: number,
  to: number,
  mass: number,
  parts: number,
): number[] {
  const cuts: number[] = [];
  let below = 0;
  let part = 1;
  for (let i = from; i < to && part < parts; i++) {
    // Rounding of sums must not put a cut one value further.
    if (below >= (part * mass) / parts - mass * 1e-12 && i > from) {
      cuts.push(values[i] ?? 0);
      while (part < parts && below >= (part * mass) / parts - mass * 1e-12) part++;
    }
    below += masses[i] ?? 0;
  }
  return cuts;
}

function sumOf(masses: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += masses[i] ?? 0;
  return sum;
}

/** How many bins a window of so many rows can fill: 50 rows a bin, at least 2 bins. */
export function binsForRows(rows: number, k: number): number {
  return Math.max(2, Math.min(k, Math.floor(rows / 50)));
}

/**
 * Joins neighbouring bins into at most `k` groups of about equal reference mass: a group ends as soon as the mass so
 * far reaches its share. Gives each bin's group, from 0 on. The same reference always gives the same groups.
 */
export function joinNeighbours(reference: ArrayLike<number>, k: number): Uint32Array {
  const groups = new Uint32Array(reference.length);
  if (reference.length <= k) return groups.map((_, i) => i);
  let total = 0;
  for (let i = 0; i < reference.length; i++) total += reference[i] ?? 0;
  let [below, group] = [0, 0];
  for (let i = 0; i < reference.length; i++) {
    groups[i] = group;
    below += reference[i] ?? 0;
    if (below >= ((group + 1) * total) / k - total * 1e-12 && group < k - 1 && below < total) group++;
  }
  return groups;
}
