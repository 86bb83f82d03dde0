import { positivesForAuc } from "../../stats/auc-power.ts";
import { trialsNeeded } from "../../stats/binomial-power.ts";
import { normalQuantile } from "../../stats/normal.ts";
import type { Facts } from "../metrics/metric.ts";
import { valueVariance } from "../metrics/value-variance.ts";

export interface Showing {
  readonly sense: "at_least" | "at_most";
  readonly limit: number;
  readonly confidence: number;
  /** What the metric is in truth, if it goes well. */
  readonly truth: number;
  /** The probability with which the rows are to show it. */
  readonly power: number;
}

/**
 * How many rows like those at hand it takes to show that a metric of this truth is within its limit: exactly for
 * proportions and F1, by Obuchowski's formula for an AUC, by the normal approximation for all others. Null where no
 * number of rows does or no formula says.
 */
export function rowsNeeded(facts: Facts, rows: number, showing: Showing): number | null {
  const { sense, limit, confidence, truth, power } = showing;
  const higher = sense === "at_least";
  const alpha = 1 - confidence;
  if (!(rows > 0) || !(higher ? truth > limit : truth < limit)) return null;
  const effect = facts.design_effect ?? 1;
  const share = (threshold: number, real: number, trials: number): number | null => {
    const plan = higher
      ? { threshold, truth: real, alpha, power }
      : { threshold: 1 - threshold, truth: 1 - real, alpha, power };
    const needed = trialsNeeded(plan).stable;
    return upTo((needed * effect * rows) / trials);
  };
  if (facts.successes !== undefined && facts.trials !== undefined) return share(limit, truth, facts.trials);
  if (facts.jaccard_trials !== undefined) {
    return share(limit / (2 - limit), truth / (2 - truth), facts.jaccard_trials);
  }
  if (facts.auc !== undefined) {
    const { positives = 0, negatives = 0 } = facts;
    if (!(positives > 0 && negatives > 0 && limit > 0 && truth < 1 && higher)) return null;
    const plan = { threshold: limit, truth, ratio: negatives / positives, alpha };
    return upTo((positivesForAuc(power, plan) * effect * rows) / positives);
  }
  const variance = valueVariance(facts);
  if (variance === null) return null;
  const z = normalQuantile(confidence) + normalQuantile(power);
  return upTo((z * z * variance * effect * rows) / (truth - limit) ** 2);
}

function upTo(rows: number): number | null {
  return Number.isFinite(rows) && rows < 1e12 ? Math.ceil(rows) : null;
}
