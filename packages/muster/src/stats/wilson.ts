import { type Interval, oneSided, type Side } from "./interval.ts";
import { normalQuantile } from "./normal.ts";

/**
 * Wilson's score bound of a proportion (E. B. Wilson, JASA 22 (1927) 209). Unlike the normal interval it stays
 * within [0, 1] and near its level for small samples, but it may miss by a little more than it says: for showing,
 * not for deciding.
 */
export function wilsonBound(successes: number, trials: number, confidence: number, side: Side): number {
  if (trials <= 0) return side === "lower" ? 0 : 1;
  if (side === "lower" && successes <= 0) return 0;
  if (side === "upper" && successes >= trials) return 1;
  const z = normalQuantile(confidence);
  const share = successes / trials;
  const centre = share + (z * z) / (2 * trials);
  const spread = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  const bound = (centre + (side === "lower" ? -spread : spread)) / (1 + (z * z) / trials);
  return Math.min(1, Math.max(0, bound));
}

export function wilson(successes: number, trials: number, confidence: number): Interval {
  const each = oneSided(confidence);
  return [wilsonBound(successes, trials, each, "lower"), wilsonBound(successes, trials, each, "upper")];
}
