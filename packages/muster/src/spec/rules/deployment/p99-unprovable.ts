import { percentileRows } from "../../../stats/percentile-evidence.ts";
import type { Rule } from "../rule.ts";

/** A shadow run of too few requests cannot show a percentile, even if each of them is fast. */
export const p99Unprovable: Rule = {
  code: "MU-O109",
  slug: "p99-unprovable",
  title: "P99 on too few requests",
  severity: "warning",
  preset: "recommended",
  section: "deployment",
  needs: "spec",
  fix: "suggestion",
  why: "If more than one answer in a hundred were too slow, a short run would often show none of them. Only from 299 requests on does a run without a slow answer say with 95 % confidence that p99 is kept.",
  formula: "n >= ln(1 - confidence) / ln 0.99, with no slower answer among them",
  example: {
    base: "classification",
    fails: [["requests: 10_000, max_label_changes: 3%", "requests: 200, max_label_changes: 3%"]],
    passes: [["requests: 10_000, max_label_changes: 3%", "requests: 300, max_label_changes: 3%"]],
  },

  check({ spec }) {
    const { latency, shadow } = spec.deployment ?? {};
    const promised = latency?.p99 ?? shadow?.max_added_p99;
    if (promised === undefined || shadow?.requests === undefined) return [];
    const confidence = spec.evaluation?.confidence.value ?? 0.95;
    const needed = percentileRows(0.99, confidence);
    if (shadow.requests.value >= needed) return [];
    const path = latency?.p99 === undefined ? ["shadow", "max_added_p99"] : ["latency", "p99"];
    return [
      {
        at: ["deployment", "shadow", "requests"],
        message: `A shadow run of ${shadow.requests.text} requests cannot show the p99 of ${promised.text}: with ${Math.round(confidence * 1000) / 10} % confidence it takes ${needed}, none of them slower.`,
        hint: `Let the shadow see at least ${needed} requests.`,
        related: [{ at: ["deployment", ...path], message: `${path.join(".")} is ${promised.text}` }],
        fix: [{ kind: "replace", path: ["deployment", "shadow", "requests"], yaml: String(needed) }],
      },
    ];
  },

  explain({ spec }) {
    if (spec.deployment?.latency?.p99 === undefined) return null;
    const confidence = spec.evaluation?.confidence.value ?? 0.95;
    const given = spec.deployment.shadow?.requests?.text ?? "no number of";
    return `ln(1 - ${confidence}) / ln 0.99 gives ${percentileRows(0.99, confidence)} requests; the shadow run sees ${given}`;
  },
};
