import { measuredAccuracy } from "../../../stats/label-noise.ts";
import type { Spec } from "../../spec.ts";
import { primaryThreshold, printed } from "../metric-terms.ts";
import type { Rule } from "../rule.ts";

function ceilingOf(spec: Spec) {
  const accuracy = spec.data?.label?.accuracy;
  const primary = primaryThreshold(spec);
  const name = primary?.facts.name;
  if (accuracy === undefined || primary === null) return null;
  if (name !== "accuracy" && name !== "zero_one_loss") return null;
  const best = measuredAccuracy(1, accuracy.value);
  const asked = name === "accuracy" ? primary.limit : 1 - primary.limit;
  return { accuracy, primary, best: name === "accuracy" ? best : 1 - best, over: asked > best + 1e-12 };
}

/** Only for accuracy and its complement: for other metrics the ceiling depends on which labels are wrong. */
export const labelNoiseCeiling: Rule = {
  code: "MU-D104",
  slug: "label-noise-ceiling",
  title: "Threshold above what wrong labels allow",
  severity: "error",
  preset: "recommended",
  section: "data",
  needs: "spec",
  fix: "none",
  why: "A model is measured against the labels, not against the truth. Where some labels are wrong, a perfect model disagrees with them and is measured at the labels' own accuracy; a threshold above that can only be passed by learning the mistakes.",
  formula:
    "measured = a q + (1 - a)(1 - q) with the model's accuracy a and the labels' accuracy q; q for a = 1",
  example: {
    base: "classification",
    fails: [
      ["positive: 1, verified_by", "positive: 1, accuracy: 92%, verified_by"],
      ["primary: {metric: roc_auc, at_least: 0.65}", "primary: {metric: accuracy, at_least: 0.95}"],
    ],
    passes: [["positive: 1, verified_by", "positive: 1, accuracy: 99%, verified_by"]],
  },
  check({ spec }) {
    const found = ceilingOf(spec);
    if (found === null || !found.over) return [];
    const { accuracy, primary, best } = found;
    const [word, key] = primary.sense === "at_least" ? ["more", "at_least"] : ["less", "at_most"];
    return [
      {
        at: [...primary.at, primary.key],
        message: `Of the labels ${accuracy.text} are right, so a perfect model is measured at ${printed(best)}; ${primary.metric} of ${primary.limit} asks for ${word}.`,
        hint: `Move ${key} to the other side of ${printed(best)}, or have the labels of the evaluation data reviewed.`,
        related: [{ at: ["data", "label", "accuracy"], message: `labels are right in ${accuracy.text}` }],
      },
    ];
  },
  explain({ spec }) {
    const found = ceilingOf(spec);
    if (found === null) return null;
    const q = found.accuracy.value;
    return `1 x ${q} + 0 x ${printed(1 - q)} = ${q}: a perfect model's ${found.primary.metric} is measured at ${printed(found.best)}, the threshold is ${found.primary.limit}`;
  },
};
