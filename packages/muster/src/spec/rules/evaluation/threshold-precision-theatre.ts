import { primaryThreshold, printed } from "../metric-terms.ts";
import type { Rule } from "../rule.ts";
import { trialsAmong, trialWords } from "./planning.ts";

/** Only for shares of rows, whose steps are known. */
export const thresholdPrecisionTheatre: Rule = {
  code: "MU-E116",
  slug: "threshold-precision-theatre",
  title: "A threshold finer than the data",
  severity: "info",
  preset: "recommended",
  section: "evaluation",
  needs: "spec",
  fix: "none",
  why: "A share of 200 rows moves in steps of half a percent. Digits of the threshold below that step decide nothing; they only look as if somebody had measured them.",
  formula: "1 / n <= the last decimal of the threshold",
  example: {
    base: "classification",
    fails: [
      ["unit_id: flight_id}", "unit_id: flight_id, rows: 200}"],
      ["class_balance: {max_share: 85%}", "class_balance: {max_share: 60%}"],
      ["primary: {metric: roc_auc, at_least: 0.65}", "primary: {metric: accuracy, at_least: 0.6537}"],
    ],
    passes: [
      ["unit_id: flight_id}", "unit_id: flight_id, rows: 20_000}"],
      ["class_balance: {max_share: 85%}", "class_balance: {max_share: 60%}"],
      ["primary: {metric: roc_auc, at_least: 0.65}", "primary: {metric: accuracy, at_least: 0.6537}"],
    ],
  },
  check({ spec }) {
    const primary = primaryThreshold(spec);
    const rows = spec.data?.evaluation?.rows;
    if (primary === null || rows === undefined || primary.facts.shareOf === null) return [];
    const trials = trialsAmong(rows.value, primary, spec);
    const decimals = String(primary.limit).split(".")[1]?.length ?? 0;
    if (trials === null || trials < 1 || 1 / trials <= 10 ** -decimals + 1e-12) return [];
    return [
      {
        at: [...primary.at, primary.key],
        message: `${trials} ${trialWords(primary).replace("_", " ")} move ${primary.metric} in steps of ${printed(1 / trials)}; ${primary.limit} is finer than that.`,
        hint: "Leave out the digits that the data cannot tell, or plan for more rows.",
        related: [{ at: ["data", "evaluation", "rows"], message: `at least ${rows.text} rows` }],
      },
    ];
  },
};
