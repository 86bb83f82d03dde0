import { normalQuantile } from "../../stats/normal.ts";
import { tQuantile } from "../../stats/student-t.ts";
import type { Facts } from "./metric.ts";

/** Facts that stand for a number of rows, and shrink with the rows that the data is worth. */
const counts =
  /^(?:successes|trials|jaccard_successes|jaccard_trials|positives|negatives|effective_rows|rows|correct|errors|smallest_class|rows_within|share_rows|smaller_count|poisson_count|exposure)(?:_\d+)?$/;

/**
 * The facts that as many independent rows would have given as the data is worth, where rows of one unit go together
 * (`design_effect`: by how many times that widens the variance, L. Kish 1965). Counts shrink by it and variances grow,
 * as E. L. Korn & B. I. Graubard, Survey Methodology 24 (1998) 193, do for proportions; and as the
 * design effect was itself found from so many `clusters`, by the square of t over z besides. Facts without one come
 * back as they are.
 */
export function withDesignEffect(facts: Facts, confidence: number): Facts {
  if (!Object.hasOwn(facts, "design_effect")) return facts;
  const t = tQuantile(confidence, Math.max(1, (facts.clusters ?? 0) - 1));
  const z = normalQuantile(confidence);
  const effect = (facts.design_effect ?? 1) * (z > 0 ? (t / z) ** 2 : 1);
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => {
      if (counts.test(name)) return [name, value / effect];
      if (name === "variance") return [name, value * effect];
      if (name === "standard_error" || name === "skewness") return [name, value * Math.sqrt(effect)];
      return [name, value];
    }),
  );
}
