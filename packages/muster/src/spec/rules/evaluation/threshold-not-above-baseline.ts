import { primaryThreshold } from "../metric-terms.ts";
import type { Rule } from "../rule.ts";

/** The baseline as last measured; the release claim measures it again, on the same rows as the model. */
export const thresholdNotAboveBaseline: Rule = {
  code: "MU-E102",
  slug: "threshold-not-above-baseline",
  title: "Threshold no better than the baseline",
  severity: "error",
  preset: "recommended",
  section: "evaluation",
  needs: "spec",
  fix: "none",
  why: "A model may ship once it reaches the threshold. If what is used today already reaches it, the model may ship and change nothing, or make things worse, and still keep its promise.",
  example: {
    base: "classification",
    fails: [["column: baseline}", "column: baseline, reaches: 0.66}"]],
    passes: [["column: baseline}", "column: baseline, reaches: 0.62}"]],
  },
  check({ spec }) {
    const primary = primaryThreshold(spec);
    if (primary === null) return [];
    const { facts, limit, metric, sense } = primary;
    const at = [...primary.at, primary.key];
    if (facts.name === "roc_auc_gain") {
      if (limit > 0 || sense !== "at_least") return [];
      const message = `A gain of ${limit} over the baseline is none: the baseline itself has 0.`;
      return [{ at, message, hint: "Ask for a gain above 0." }];
    }
    const reaches = spec.problem?.baseline?.reaches;
    // A reversed threshold is another rule's mistake.
    if (reaches === undefined || (sense === "at_least") !== (facts.direction === "higher")) return [];
    const better = facts.direction === "higher" ? limit > reaches : limit < reaches;
    if (better) return [];
    return [
      {
        at,
        message: `The threshold of ${limit} is no better than the ${reaches} that the baseline reaches: a model may ship that changes nothing.`,
        hint: `Ask for ${metric} ${facts.direction === "higher" ? "above" : "below"} ${reaches}.`,
        related: [{ at: ["problem", "baseline", "reaches"], message: `the baseline reaches ${reaches}` }],
      },
    ];
  },
};
