import type { Facts } from "./metric.ts";
import { factsOfOutputs } from "./output-facts.ts";

/**
 * The large-sample variance of a metric's value by its facts, rows taken as independent, or null where the facts tell
 * none. For comparing values and for planning; bounds have better methods.
 */
export function valueVariance(facts: Facts): number | null {
  const outputs = factsOfOutputs(facts);
  if (outputs !== null) {
    // At most the mean of the outputs' standard errors, however they go together.
    const errors = outputs.map((own) => Math.sqrt(valueVariance(own) ?? Number.NaN));
    const mean = errors.reduce((sum, one) => sum + one, 0) / errors.length;
    return Number.isFinite(mean) ? mean * mean : null;
  }
  const get = (name: string): number =>
    Object.hasOwn(facts, name) ? (facts[name] ?? Number.NaN) : Number.NaN;
  const has = (name: string): boolean => Object.hasOwn(facts, name);
  const found = ((): number => {
    if (has("successes")) return ofShare(get("successes"), get("trials"));
    if (has("jaccard_successes")) {
      // F1 = 2J / (1 + J), so dF1/dJ = 2 / (1 + J)².
      const jaccard = get("jaccard_successes") / get("jaccard_trials");
      return ofShare(get("jaccard_successes"), get("jaccard_trials")) * (2 / (1 + jaccard) ** 2) ** 2;
    }
    if (has("strata")) {
      let sum = 0;
      for (let k = 0; k < get("strata"); k++) sum += ofShare(get(`successes_${k}`), get(`trials_${k}`));
      return sum / (get("strata") * (1 - (has("chance") ? get("chance") : 0))) ** 2;
    }
    if (has("gap")) return get("gap_square") / get("rows");
    if (has("poisson_count")) return get("poisson_count") / get("exposure") ** 2;
    if (has("auc") || has("gain")) return get("variance");
    if (has("average_precision")) {
      return (get("average_precision") * (1 - get("average_precision"))) / get("positives");
    }
    if (has("estimate")) return (get("standard_error") * (has("times") ? get("times") : 1)) ** 2;
    if (has("noise_share")) return get("standard_error") ** 2;
    if (has("mean") && has("root")) return get("standard_error") ** 2 / (4 * get("mean"));
    if (has("mean")) return get("standard_error") ** 2;
    return Number.NaN;
  })();
  return Number.isFinite(found) ? found : null;
}

function ofShare(successes: number, trials: number): number {
  const share = successes / trials;
  return (share * (1 - share)) / trials;
}
