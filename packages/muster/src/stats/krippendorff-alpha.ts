import { known, type Statistic, undefinedBecause } from "./statistic.ts";

/** How far two values lie apart: not at all or wholly, by their ranks, by their difference, by their ratio. */
export type Level = "nominal" | "ordinal" | "interval" | "ratio";

/** More distinct values than any scale has; the distances of all pairs are needed. */
const mostValues = 2000;

/**
 * Agreement beyond chance of any number of raters, with gaps (K. Krippendorff, Content Analysis, 2nd ed. (2004), chapter
 * 11): `ratings[r][i]` is what rater r gave item i, null where nothing. Items with one rating say nothing and are
 * left out.
 */
export function krippendorffAlpha(ratings: readonly (readonly (number | null)[])[], level: Level): Statistic {
  const items = Math.max(0, ...ratings.map((rater) => rater.length));
  const units: number[][] = [];
  for (let i = 0; i < items; i++) {
    const given = ratings.map((rater) => rater[i] ?? null).filter((value) => value !== null);
    if (given.some((value) => !Number.isFinite(value))) return undefinedBecause("a rating is not finite");
    if (given.length > 1) units.push(given);
  }
  const values = [...new Set(units.flat())].sort((a, b) => a - b);
  if (units.length === 0) return undefinedBecause("no item has two ratings");
  if (values.length > mostValues)
    return undefinedBecause(`there are more than ${mostValues} distinct values`);
  const place = new Map(values.map((value, k) => [value, k]));
  const counts = new Float64Array(values.length);
  for (const value of units.flat()) counts[place.get(value) ?? 0] = (counts[place.get(value) ?? 0] ?? 0) + 1;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const apart = distanceOf(level, values, counts);
  let observed = 0;
  for (const unit of units) {
    for (const [a, first] of unit.entries()) {
      for (const second of unit.slice(a + 1))
        observed += (2 * apart(place.get(first) ?? 0, place.get(second) ?? 0)) / (unit.length - 1);
    }
  }
  let expected = 0;
  for (let c = 0; c < values.length; c++)
    for (let k = c + 1; k < values.length; k++)
      expected += 2 * (counts[c] ?? 0) * (counts[k] ?? 0) * apart(c, k);
  if (!(expected > 0)) return undefinedBecause("all ratings are equal");
  return known(1 - ((total - 1) * observed) / expected);
}

function distanceOf(
  level: Level,
  values: readonly number[],
  counts: Float64Array,
): (c: number, k: number) => number {
  const before = new Float64Array(counts.length + 1);
  for (let c = 0; c < counts.length; c++) before[c + 1] = (before[c] ?? 0) + (counts[c] ?? 0);
  return (c, k) => {
    if (c === k) return 0;
    const [a, b] = [values[c] ?? 0, values[k] ?? 0];
    switch (level) {
      case "nominal":
        return 1;
      case "interval":
        return (a - b) ** 2;
      case "ratio":
        return a + b === 0 ? 0 : ((a - b) / (a + b)) ** 2;
      case "ordinal": {
        const [low, high] = c < k ? [c, k] : [k, c];
        const between = (before[high + 1] ?? 0) - (before[low] ?? 0);
        return (between - ((counts[low] ?? 0) + (counts[high] ?? 0)) / 2) ** 2;
      }
      default:
        return level satisfies never;
    }
  };
}
