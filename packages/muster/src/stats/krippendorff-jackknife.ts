import { krippendorffAlpha, type Level } from "./krippendorff-alpha.ts";

/** Alpha is computed anew for each kind of item, from all ratings and all pairs of values; more work is left undone. */
const mostWork = 50_000_000;

/**
 * The standard error of Krippendorff's alpha over items, by the jackknife (B. Efron & C. Stein, Annals of Statistics 9
 * (1981) 586): each item with two ratings or more is left out once. `ratings[r][i]` as `krippendorffAlpha` takes them. NaN where
 * an alpha is undefined, with fewer than three such items, or with more different ones than can be tried.
 */
export function krippendorffJackknife(
  ratings: readonly (readonly (number | null)[])[],
  level: Level,
): number {
  const items = Math.max(0, ...ratings.map((rater) => rater.length));
  // Items with the same ratings leave the same alpha: on a scale there are few of them, however many items.
  const alike = new Map<string, { readonly at: number; times: number }>();
  let count = 0;
  for (let i = 0; i < items; i += 1) {
    const given = ratings.map((rater) => rater[i] ?? null).filter((rating) => rating !== null);
    if (given.length < 2) continue;
    count += 1;
    const key = given.sort((a, b) => a - b).join(" ");
    const same = alike.get(key);
    if (same === undefined) alike.set(key, { at: i, times: 1 });
    else same.times += 1;
  }
  const values = new Set(ratings.flat()).size;
  if (count < 3 || alike.size * (count * ratings.length + values ** 2) > mostWork) return Number.NaN;
  let mean = 0;
  const left: { readonly alpha: number; readonly times: number }[] = [];
  for (const { at, times } of alike.values()) {
    const without = ratings.map((rater) => rater.map((rating, i) => (i === at ? null : rating)));
    const alpha = krippendorffAlpha(without, level);
    if (alpha.kind === "undefined") return Number.NaN;
    left.push({ alpha: alpha.value, times });
    mean += (times * alpha.value) / count;
  }
  const squares = left.reduce((sum, { alpha, times }) => sum + times * (alpha - mean) ** 2, 0);
  return Math.sqrt(((count - 1) / count) * squares);
}
