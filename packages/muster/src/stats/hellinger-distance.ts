import { shares } from "./shares.ts";

/**
 * The Hellinger distance, sqrt(sum (sqrt p - sqrt q)^2 / 2), from 0 to 1 (E. Hellinger, J. reine angew. Math. 136
 * (1909) 210, in today's scaling), of counts or shares scaled to sum 1.
 */
export function hellingerDistance(p: ArrayLike<number>, q: ArrayLike<number>): number {
  const [left, right] = [shares(p), shares(q)];
  let sum = 0;
  for (let i = 0; i < left.length; i++) sum += (Math.sqrt(left[i] ?? 0) - Math.sqrt(right[i] ?? 0)) ** 2;
  return Math.sqrt(sum / 2);
}
