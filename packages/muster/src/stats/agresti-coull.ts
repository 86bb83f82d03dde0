import { type Interval, oneSided } from "./interval.ts";
import { normalQuantile } from "./normal.ts";

/**
 * The interval of a proportion with z²/2 successes and failures added to what was seen (A. Agresti & B. A. Coull, The
 * American Statistician 52 (1998) 119), cut to [0, 1]. Never narrower than Wilson's; for comparing with other tools.
 */
export function agrestiCoull(successes: number, trials: number, confidence: number): Interval {
  const z = normalQuantile(oneSided(confidence));
  const more = trials + z * z;
  const share = (successes + (z * z) / 2) / more;
  const spread = z * Math.sqrt((share * (1 - share)) / more);
  return [Math.max(0, share - spread), Math.min(1, share + spread)];
}
