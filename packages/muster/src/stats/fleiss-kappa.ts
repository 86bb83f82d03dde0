import { known, type Statistic, undefinedBecause } from "./statistic.ts";

/**
 * Agreement beyond chance of several raters (J. L. Fleiss, Psychological Bulletin 76 (1971) 378): `table[i][k]` is
 * how many raters put item i into category k. Every item needs as many ratings, at least two.
 */
export function fleissKappa(table: readonly (readonly number[])[]): Statistic {
  const raters = table[0]?.reduce((sum, count) => sum + count, 0) ?? 0;
  if (table.length === 0) return undefinedBecause("there are no items");
  if (raters < 2) return undefinedBecause("an item has fewer than two ratings");
  if (table.some((item) => item.reduce((sum, count) => sum + count, 0) !== raters))
    return undefinedBecause("items have different numbers of ratings");
  const categories = Math.max(...table.map((item) => item.length));
  const shares = new Float64Array(categories);
  let observed = 0;
  for (const item of table) {
    let squares = 0;
    for (const [k, count] of item.entries()) {
      squares += count * count;
      shares[k] = (shares[k] ?? 0) + count / (raters * table.length);
    }
    observed += (squares - raters) / (raters * (raters - 1)) / table.length;
  }
  const expected = shares.reduce((sum, share) => sum + share * share, 0);
  if (1 - expected <= 1e-15) return undefinedBecause("all ratings are of one category");
  return known((observed - expected) / (1 - expected));
}
