import { clopperPearsonBound } from "./clopper-pearson.ts";
import type { Side } from "./interval.ts";
import { logitBound } from "./logit-bound.ts";
import { normalQuantile } from "./normal.ts";
import { tQuantile } from "./student-t.ts";

/** An estimate between 0 and 1 that is not a share of rows but behaves like one: an area, an average of shares. */
export interface ShareLike {
  readonly estimate: number;
  readonly standardError: number;
  /** How many rows of the rarest kind it stands on: by them the standard error is known. */
  readonly rows: number;
}

/**
 * The one-sided bound by Clopper and Pearson for as many rows as the standard error speaks for (E. L. Korn & B. I. Graubard,
 * Survey Methodology 24 (1998) 193), or by the logit where that is more careful. The logit alone misses 7 to 9 % of the
 * time at high values with few rows of a class, as for an AUC. Student's t takes the place of the normal quantile. Where the
 * standard error is 0 all rows count.
 */
export function shareLikeBound(
  { estimate, standardError, rows: all }: ShareLike,
  confidence: number,
  side: Side,
): number {
  const z = normalQuantile(confidence);
  const error = standardError * (z > 0 ? Math.max(1, tQuantile(confidence, Math.max(1, all - 1)) / z) : 1);
  const spoken = (estimate * (1 - estimate)) / (error * error);
  const rows = spoken > 0 && Number.isFinite(spoken) ? spoken : all;
  const exact = clopperPearsonBound(estimate * rows, rows, confidence, side);
  const logit = error > 0 ? logitBound(estimate, error, confidence, side) : Number.NaN;
  if (Number.isNaN(logit)) return exact;
  return side === "lower" ? Math.min(exact, logit) : Math.max(exact, logit);
}
