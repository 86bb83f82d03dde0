import { flawlessTrialsNeeded } from "../../../stats/binomial-power.ts";
import type { Spec } from "../../spec.ts";
import { trialsAmong, trialWords } from "../evaluation/planning.ts";
import { isBinary, percent, primaryThreshold } from "../metric-terms.ts";
import type { Rule } from "../rule.ts";

function sizes(spec: Spec) {
  const primary = primaryThreshold(spec);
  const rows = spec.data?.evaluation?.rows;
  const { evaluation } = spec;
  if (primary === null || rows === undefined || evaluation?.decide_by !== "lower_bound") return null;
  if (primary.facts.shareOf === null || !isBinary(primary)) return null;
  const trials = trialsAmong(rows.value, primary, spec);
  if (trials === null) return null;
  const share = primary.facts.direction === "higher" ? primary.limit : 1 - primary.limit;
  const fewest = flawlessTrialsNeeded(share, evaluation.confidence.value);
  return { primary, trials, share, fewest, confidence: evaluation.confidence.value };
}

/** So few rows that no model passes; how many a good model needs is `subgroup-underpowered`'s. */
export const testSetTooSmall: Rule = {
  code: "MU-D112",
  slug: "test-set-too-small",
  title: "Evaluation data on which no model can pass",
  severity: "error",
  preset: "recommended",
  section: "data",
  needs: "spec",
  fix: "none",
  why: "The cautious end of the interval has to reach the threshold, and on few rows it lies far from the measured value. Below a certain number even a model without a single mistake does not show that it is good enough.",
  formula: "n >= ln(1 - confidence) / ln(threshold)",
  example: {
    base: "classification",
    fails: [
      ["unit_id: flight_id}", "unit_id: flight_id, rows: 40}"],
      ["class_balance: {max_share: 85%}", "class_balance: {max_share: 60%}"],
      ["primary: {metric: roc_auc, at_least: 0.65}", "primary: {metric: accuracy, at_least: 0.95}"],
    ],
    passes: [["unit_id: flight_id}", "unit_id: flight_id, rows: 40_000}"]],
  },
  check({ spec }) {
    const found = sizes(spec);
    if (found === null || found.trials >= found.fewest) return [];
    const { primary, trials, fewest, confidence } = found;
    return [
      {
        at: ["data", "evaluation", "rows"],
        message: `${trials} ${trialWords(primary).replace("_", " ")} without a single mistake do not show ${primary.metric} of ${primary.limit} with a confidence of ${percent(confidence)}; it takes ${fewest}.`,
        hint: "Plan for more rows, or ask for less.",
        related: [{ at: [...primary.at, primary.key], message: `the threshold is ${primary.limit}` }],
      },
    ];
  },
  explain({ spec }) {
    const found = sizes(spec);
    if (found === null) return null;
    return `ln(1 - ${found.confidence}) / ln(${found.share}) = ${found.fewest}, there are ${found.trials}`;
  },
};
