import type { Margins } from "./confusion.ts";

/** The metrics that are a fraction for each class, against the rest. */
export type ClassMetric =
  | { readonly kind: "precision" | "recall" | "specificity" | "jaccard" }
  | { readonly kind: "negative_predictive_value" | "false_positive_rate" | "false_negative_rate" }
  | { readonly kind: "fbeta"; readonly beta: number };

export interface Fraction {
  readonly numerator: number;
  readonly denominator: number;
}

/** The fraction of class k. A denominator of 0 leaves the metric undefined for the class. */
export function classFraction(metric: ClassMetric, margins: Margins, k: number): Fraction {
  const tp = margins.hits[k] ?? 0;
  const fp = (margins.predicted[k] ?? 0) - tp;
  const fn = (margins.truth[k] ?? 0) - tp;
  const tn = margins.total - tp - fp - fn;
  switch (metric.kind) {
    case "precision":
      return { numerator: tp, denominator: tp + fp };
    case "recall":
      return { numerator: tp, denominator: tp + fn };
    case "specificity":
      return { numerator: tn, denominator: tn + fp };
    case "jaccard":
      return { numerator: tp, denominator: tp + fp + fn };
    case "negative_predictive_value":
      return { numerator: tn, denominator: tn + fn };
    case "false_positive_rate":
      return { numerator: fp, denominator: fp + tn };
    case "false_negative_rate":
      return { numerator: fn, denominator: fn + tp };
    case "fbeta": {
      const square = metric.beta * metric.beta;
      return { numerator: (1 + square) * tp, denominator: (1 + square) * tp + square * fn + fp };
    }
  }
}
