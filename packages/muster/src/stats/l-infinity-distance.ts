import { shares } from "./shares.ts";

/** The largest |p - q| of any one cell, from 0 to 1. Scaled to sum 1. */
export function lInfinityDistance(p: ArrayLike<number>, q: ArrayLike<number>): number {
  const [left, right] = [shares(p), shares(q)];
  let most = 0;
  for (let i = 0; i < left.length; i++) {
    const gap = Math.abs((left[i] ?? 0) - (right[i] ?? 0));
    if (!(gap <= most)) most = gap;
  }
  return most;
}
