import { alwaysPositiveFbeta, trivialModel } from "../../../stats/trivial-model.ts";
import type { Spec } from "../../spec.ts";
import { classCount, isBinary, percent, primaryThreshold, printed, type Threshold } from "../metric-terms.ts";
import type { Rule } from "../rule.ts";

interface Trivial {
  readonly value: number;
  readonly model: string;
}

/** What a model that looks at no input reaches in the metric; null where that is not known. */
function trivialOf(threshold: Threshold, spec: Spec): Trivial | null {
  const { facts, beta } = threshold;
  const fixed: Readonly<Record<string, number>> = {
    roc_auc: 0.5,
    matthews_corrcoef: 0,
    cohen_kappa: 0,
    r2: 0,
    explained_variance: 0,
  };
  const constant = Object.hasOwn(fixed, facts.name) ? fixed[facts.name] : undefined;
  if (constant !== undefined) return { value: constant, model: "a model that says the same for every case" };
  const prevalence = spec.data?.label?.prevalence?.value;
  const classes = classCount(spec);
  if (facts.name === "balanced_accuracy" && classes !== null)
    return { value: 1 / classes, model: "a model that says the same for every case" };
  if (prevalence === undefined || (classes !== null && classes > 2) || !isBinary(threshold)) return null;
  const of = trivialModel(prevalence);
  const frequent = "a model that always says the frequent class";
  const positive = "a model that calls every case positive";
  const score = "a model that gives every case the same score";
  switch (facts.name) {
    case "accuracy":
      return { value: of.accuracy, model: frequent };
    case "zero_one_loss":
      return { value: 1 - of.accuracy, model: frequent };
    case "precision":
      return { value: of.precision, model: positive };
    case "f1":
      return { value: of.f1, model: positive };
    case "fbeta":
      return beta === undefined ? null : { value: alwaysPositiveFbeta(prevalence, beta), model: positive };
    case "jaccard":
      return { value: of.jaccard, model: positive };
    case "average_precision":
      return { value: of.averagePrecision, model: score };
    case "log_loss":
      return { value: of.logLoss, model: score };
    case "brier_score":
      return { value: of.brier, model: score };
    default:
      return null;
  }
}

/** Held against the prevalence expected in serving, and not against the largest share that training data may have. */
export const thresholdBelowTrivial: Rule = {
  code: "MU-E103",
  slug: "threshold-below-trivial",
  title: "A model that looks at nothing passes",
  severity: "error",
  preset: "recommended",
  section: "evaluation",
  needs: "spec",
  fix: "none",
  why: "For every metric there is a number that a model reaches without looking at its input: the share of the frequent class for accuracy, 0.5 for the area under the ROC curve. A threshold that is not better lets such a model ship, even if it beats the baseline that was written down.",
  formula:
    "with prevalence p: accuracy max(p, 1 - p), F1 2p / (1 + p), F-beta (1 + b^2) p / (b^2 p + 1), precision, Jaccard and average precision p, log loss -p ln p - (1 - p) ln(1 - p), Brier p (1 - p); ROC AUC 0.5; balanced accuracy 1 / classes; MCC, kappa and R2 0",
  example: {
    base: "classification",
    fails: [["at_least: 0.65", "at_least: 0.5"]],
    passes: [["positive: 1, verified_by", "positive: 1, prevalence: 20%, verified_by"]],
  },
  check({ spec }) {
    const primary = primaryThreshold(spec);
    const trivial = primary === null ? null : trivialOf(primary, spec);
    if (primary === null || trivial === null) return [];
    const { facts, limit, metric, sense } = primary;
    if ((sense === "at_least") !== (facts.direction === "higher")) return [];
    const gain = facts.direction === "higher" ? limit - trivial.value : trivial.value - limit;
    const better = gain > 1e-9;
    if (better) return [];
    const prevalence = spec.data?.label?.prevalence;
    return [
      {
        at: [...primary.at, primary.key],
        message: `${trivial.model.replace(/^a/, "A")} reaches ${metric} of ${printed(trivial.value)}, so ${limit} asks for nothing.`,
        hint: `Ask for a value ${facts.direction === "higher" ? "above" : "below"} ${printed(trivial.value)}, by a margin that is worth shipping.`,
        ...(prevalence === undefined
          ? {}
          : {
              related: [
                {
                  at: ["data", "label", "prevalence"],
                  message: `${percent(prevalence.value)} of the cases are positive`,
                },
              ],
            }),
      },
    ];
  },
  explain({ spec }) {
    const primary = primaryThreshold(spec);
    const trivial = primary === null ? null : trivialOf(primary, spec);
    return primary === null || trivial === null
      ? null
      : `${trivial.model} reaches ${printed(trivial.value)}, the threshold is ${primary.limit}`;
  },
};
