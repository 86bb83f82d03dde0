import { classCount, percent } from "../metric-terms.ts";
import type { Rule } from "../rule.ts";

/** Only where the balance that is asked for excludes the one that is expected: then rows were left out or repeated. */
export const balanceVsPrevalence: Rule = {
  code: "MU-D109",
  slug: "balance-vs-prevalence",
  title: "Resampled training data and nothing that undoes it",
  severity: "warning",
  preset: "recommended",
  section: "data",
  needs: "spec",
  fix: "none",
  why: "A model learns how frequent each class is along with everything else. Trained on evened-out classes, its probabilities are those of a world with more positives than there are, and thresholds and costs set on them are wrong, unless scores are recalibrated, rows weighted or the threshold chosen on data as it comes.",
  formula: "max(prevalence, 1 - prevalence) > max_share",
  example: {
    base: "classification",
    fails: [["positive: 1, verified_by", "positive: 1, prevalence: 5%, verified_by"]],
    passes: [
      ["positive: 1, verified_by", "positive: 1, prevalence: 5%, verified_by"],
      ["class_balance: {max_share: 85%}", "class_balance: {max_share: 85%, correction: recalibration}"],
    ],
  },
  check({ spec }) {
    const prevalence = spec.data?.label?.prevalence;
    const balance = spec.data?.requirements?.class_balance;
    const most = balance?.max_share;
    if (
      prevalence === undefined ||
      balance === undefined ||
      most === undefined ||
      (classCount(spec) ?? 2) !== 2
    )
      return [];
    const frequent = Math.max(prevalence.value, 1 - prevalence.value);
    if (frequent <= most.value + 1e-9) return [];
    if (balance.correction !== undefined && balance.correction !== "none") return [];
    return [
      {
        at: ["data", "requirements", "class_balance"],
        message: `In serving ${percent(frequent)} of the cases are of one class, in training at most ${most.text} may be: the model learns a balance that is not there${balance.correction === "none" ? ", and nothing corrects it" : ", and the spec does not say what corrects it"}.`,
        hint: "Say what undoes it under correction, or allow the share that is expected.",
        related: [
          { at: ["data", "label", "prevalence"], message: `${prevalence.text} are positive in serving` },
        ],
        allowed: ["weights", "recalibration", "threshold"],
      },
    ];
  },
};
