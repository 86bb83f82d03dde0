import type { Spec } from "../../spec.ts";
import { classCount, percent, primaryThreshold, secondaryFacts } from "../metric-terms.ts";
import type { Rule } from "../rule.ts";

/** Metrics that see a rare class. */
const suited: ReadonlySet<string> = new Set([
  "average_precision",
  "precision",
  "recall",
  "false_negative_rate",
  "f1",
  "fbeta",
  "jaccard",
  "matthews_corrcoef",
  "cohen_kappa",
  "balanced_accuracy",
]);

const rare = 0.2;

/** The share of the rarer class that the spec expects or allows, and the line that says so. */
function rarerShare(spec: Spec) {
  const prevalence = spec.data?.label?.prevalence;
  if (prevalence !== undefined) {
    const share = Math.min(prevalence.value, 1 - prevalence.value);
    return {
      share,
      at: ["data", "label", "prevalence"],
      says: `${percent(share)} of the cases are of the rarer class`,
    };
  }
  const balance = spec.data?.requirements?.class_balance?.max_share;
  if (balance === undefined || classCount(spec) !== 2) return null;
  const share = 1 - balance.value;
  return {
    share,
    at: ["data", "requirements", "class_balance", "max_share"],
    says: `one class may make up ${balance.text} of the rows`,
  };
}

/** `max_share` is what is allowed, not what is: it convicts accuracy, which such a balance empties, and not an AUC. */
export const metricUnsuitedImbalance: Rule = {
  code: "MU-E101",
  slug: "metric-unsuited-imbalance",
  title: "A metric that does not see the rare class decides",
  severity: "error",
  preset: "recommended",
  section: "evaluation",
  needs: "spec",
  fix: "none",
  why: "Where one class is rare, a model that never says it has a high accuracy, and false alarms that swamp the rare hits hardly move a ROC curve. A metric that looks at the rare class itself, such as average precision, F-beta or the Matthews correlation, has to decide or to be watched beside.",
  formula: "min(prevalence, 1 - prevalence) < 0.2",
  example: {
    base: "classification",
    fails: [
      ["positive: 1, verified_by", "positive: 1, prevalence: 16%, verified_by"],
      ["primary: {metric: roc_auc, at_least: 0.65}", "primary: {metric: accuracy, at_least: 0.9}"],
    ],
    passes: [["positive: 1, verified_by", "positive: 1, prevalence: 16%, verified_by"]],
  },
  check({ spec }) {
    const primary = primaryThreshold(spec);
    const found = rarerShare(spec);
    if (primary === null || found === null || !(found.share < rare - 1e-9)) return [];
    const name = primary.facts.name;
    const expected = spec.data?.label?.prevalence !== undefined;
    const blind =
      name === "accuracy" ||
      name === "zero_one_loss" ||
      (expected && name === "roc_auc" && !secondaryFacts(spec).some((facts) => suited.has(facts.name)));
    if (!blind) return [];
    return [
      {
        at: [...primary.at, "metric"],
        message:
          name === "roc_auc"
            ? `${primary.metric} alone decides, but ${found.says}: false alarms can outnumber the hits and hardly move it.`
            : `${primary.metric} decides, but ${found.says}: a model that always says the frequent class reaches ${percent(1 - found.share)} accuracy.`,
        hint:
          name === "roc_auc"
            ? "Decide by average_precision, or watch precision and recall as secondary metrics."
            : "Decide by average_precision, f1, matthews_corrcoef or balanced_accuracy.",
        related: [{ at: found.at, message: found.says }],
        allowed: [...suited],
      },
    ];
  },
};
