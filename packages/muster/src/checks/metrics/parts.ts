import type { MetricParts } from "../../spec/metric-part.ts";

/** Of what ranks rows by one score. */
export const scoreParts: MetricParts = { label: "taken", score: "taken", weight: "taken" };

/** Of what judges an answer of one class or number, or a score with a threshold in its place. */
export const answerParts: MetricParts = { ...scoreParts, prediction: "taken" };

/** The same, also of several labels or outputs a row. */
export const severalParts: MetricParts = {
  ...answerParts,
  labels: "taken",
  predictions: { beside: "labels" },
};

export function withoutWeight({ weight: _weight, ...others }: MetricParts): MetricParts {
  return others;
}
