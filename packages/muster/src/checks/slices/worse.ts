import { normalTails } from "../../stats/normal.ts";
import { tTails } from "../../stats/student-t.ts";
import type { Badness, Seen } from "./slice.ts";

/** Below so many bad rows, or good ones, in the slice or elsewhere the normal approximation is not trusted. */
const fewest = 5;

/**
 * Whether the slice is worse than all other rows: for rates the test of two proportions with pooled variance, for means
 * Welch's t (B. L. Welch, Biometrika 34 (1947) 28). Null where too few rows are bad or good to say.
 */
export function worse(slice: Badness, others: Badness, of: "rate" | "mean"): Seen | null {
  if (slice.rows < 2 || others.rows < 2) return null;
  const rate = slice.bad / slice.rows;
  const elsewhere = others.bad / others.rows;
  const seen = (p: number): Seen => ({ rows: slice.rows, rate, elsewhere, p });
  if (of === "rate") {
    const pooled = (slice.bad + others.bad) / (slice.rows + others.rows);
    // Expected, not seen: a slice without a bad row is fine, and no reason to ask further.
    const least = Math.min(pooled, 1 - pooled) * Math.min(slice.rows, others.rows);
    if (least < fewest) return null;
    const error = Math.sqrt(pooled * (1 - pooled) * (1 / slice.rows + 1 / others.rows));
    return seen(normalTails((rate - elsewhere) / error).upper);
  }
  const [a, b] = [spread(slice), spread(others)];
  const error = a + b;
  if (!(error > 0)) return null;
  const df = (error * error) / ((a * a) / (slice.rows - 1) + (b * b) / (others.rows - 1));
  return seen(tTails((rate - elsewhere) / Math.sqrt(error), df).upper);
}

/** The variance of the mean. */
function spread({ rows, bad, squares }: Badness): number {
  return Math.max(0, squares - (bad * bad) / rows) / (rows - 1) / rows;
}
