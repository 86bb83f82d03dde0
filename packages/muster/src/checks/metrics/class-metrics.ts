import { classMetric } from "./class-metric.ts";
import type { Metric } from "./metric.ts";
import { numberParam } from "./params.ts";

export const precision: Metric = classMetric({
  name: "precision",
  aliases: ["positive_predictive_value", "ppv"],
  of: () => ({ kind: "precision" }),
});
export const recall: Metric = classMetric({
  name: "recall",
  aliases: ["sensitivity", "true_positive_rate", "tpr"],
  of: () => ({ kind: "recall" }),
});
export const specificity: Metric = classMetric({
  name: "specificity",
  aliases: ["true_negative_rate", "tnr"],
  of: () => ({ kind: "specificity" }),
});
export const negativePredictiveValue: Metric = classMetric({
  name: "negative_predictive_value",
  aliases: ["npv"],
  of: () => ({ kind: "negative_predictive_value" }),
});
export const falsePositiveRate: Metric = classMetric({
  name: "false_positive_rate",
  aliases: ["fpr"],
  direction: "lower",
  of: () => ({ kind: "false_positive_rate" }),
});
export const falseNegativeRate: Metric = classMetric({
  name: "false_negative_rate",
  aliases: ["fnr"],
  direction: "lower",
  of: () => ({ kind: "false_negative_rate" }),
});
export const jaccard: Metric = classMetric({ name: "jaccard", of: () => ({ kind: "jaccard" }) });
export const f1: Metric = classMetric({
  name: "f1",
  aliases: ["f1_score", "dice"],
  of: () => ({ kind: "fbeta", beta: 1 }),
});
export const fbeta: Metric = classMetric({
  name: "fbeta",
  aliases: ["fbeta_score"],
  params: {
    beta: {
      kind: "number",
      least: 0.01,
      most: 100,
      default: 1,
      says: "How many times recall weighs precision.",
    },
  },
  of: (params) => ({ kind: "fbeta", beta: numberParam(params, "beta") }),
});
