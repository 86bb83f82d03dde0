import type { Side } from "./interval.ts";
import { normalQuantile } from "./normal.ts";

/**
 * The one-sided bound of a share whose logit is taken as normal: never outside of (0, 1), and skewed as it should
 * be near the ends. `standardError` is that of the share itself. NaN at a share of 0 or 1, where it knows nothing.
 */
export function logitBound(share: number, standardError: number, confidence: number, side: Side): number {
  if (!(share > 0 && share < 1 && standardError >= 0)) return Number.NaN;
  const logit = Math.log(share / (1 - share));
  const spread = (normalQuantile(confidence) * standardError) / (share * (1 - share));
  return 1 / (1 + Math.exp(-(side === "lower" ? logit - spread : logit + spread)));
}
