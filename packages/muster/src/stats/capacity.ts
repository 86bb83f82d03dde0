/**
 * The fewest replicas that bear a load, by Little's law (J. D. C. Little, Operations Research 9 (1961) 383): the mean
 * number of requests at work is their rate times their mean time, whatever the distributions. `concurrency` is how many one
 * replica works on at once, `utilisation` the share of that which may be in use; at 1 any randomness lets the queue grow.
 */
export function replicasNeeded(
  perSecond: number,
  meanSeconds: number,
  concurrency: number,
  utilisation = 1,
): number {
  const needed = (perSecond * meanSeconds) / concurrency / utilisation;
  // 100/s x 0.07 s is 7.000000000000001 in floating point: what is whole but for rounding is whole.
  return Math.max(1, Math.ceil(needed - 1e-9 * Math.max(1, needed)));
}
