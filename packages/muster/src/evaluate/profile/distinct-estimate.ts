/** More distinct values than these are not counted one by one. */
export const mostCounted = 50_000;

/**
 * No fewer than the distinct values to expect of a table of `total` rows, given how often each value stands in a
 * sample: whatever was seen once could stand for total/rows others (M. Charikar et al., PODS 2000, the upper side).
 */
export function mostDistinct(counts: Iterable<number>, rows: number, total: number): number {
  let [once, more] = [0, 0];
  for (const count of counts) count === 1 ? once++ : more++;
  return more + once * Math.max(1, total / Math.max(1, rows));
}
