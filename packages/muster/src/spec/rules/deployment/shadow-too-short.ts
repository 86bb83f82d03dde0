import { percentileRows } from "../../../stats/percentile-evidence.ts";
import type { Rule } from "../rule.ts";

/** Too few shadow requests cannot show a low share of changed labels, even when none of them changes. */
export const shadowTooShort: Rule = {
  code: "MU-O113",
  slug: "shadow-too-short",
  title: "Shadow run too short",
  severity: "warning",
  preset: "recommended",
  section: "deployment",
  needs: "spec",
  fix: "suggestion",
  why: "A shadow run compares the candidate with the live version on real requests. If it may end before even a run without a single changed label proves the limit, passing it says nothing.",
  formula: "n >= ln(1 - confidence) / ln(1 - max_label_changes), with no changed label among them",
  example: {
    base: "classification",
    fails: [["requests: 10_000, max_label_changes: 3%", "requests: 1_000, max_label_changes: 0.1%"]],
    passes: [["requests: 10_000, max_label_changes: 3%", "requests: 3_000, max_label_changes: 0.1%"]],
  },

  check({ spec }) {
    const { requests, max_label_changes: limit } = spec.deployment?.shadow ?? {};
    // No number of requests shows that nothing ever changes.
    if (requests === undefined || limit === undefined || limit.value <= 0 || limit.value >= 1) return [];
    const confidence = spec.evaluation?.confidence.value ?? 0.95;
    const needed = percentileRows(1 - limit.value, confidence);
    if (requests.value >= needed) return [];
    const path = ["deployment", "shadow", "requests"];
    return [
      {
        at: path,
        message: `Even if none of ${requests.text} requests got another label, that would not show that at most ${limit.text} do: it takes ${needed} at ${Math.round(confidence * 1000) / 10} % confidence.`,
        hint: `Let the shadow see at least ${needed} requests, better several times as many.`,
        related: [
          {
            at: ["deployment", "shadow", "max_label_changes"],
            message: `at most ${limit.text} of the labels may change`,
          },
        ],
        fix: [{ kind: "replace", path, yaml: String(needed) }],
      },
    ];
  },

  explain({ spec }) {
    const { max_label_changes: limit } = spec.deployment?.shadow ?? {};
    if (limit === undefined || limit.value <= 0 || limit.value >= 1) return null;
    const confidence = spec.evaluation?.confidence.value ?? 0.95;
    return `ln(1 - ${confidence}) / ln(1 - ${limit.value}) gives ${percentileRows(1 - limit.value, confidence)} requests`;
  },
};
