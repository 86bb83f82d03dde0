import { primaryThreshold } from "../metric-terms.ts";
import type { Rule } from "../rule.ts";

/** A bias with its sign, and how often an interval covers the truth, can be bad on either side. */
const eitherSide: readonly string[] = ["bias", "coverage"];

/** Only the primary threshold: alerts are `secondary-alert-inverted`'s. */
export const metricDirectionOperator: Rule = {
  code: "MU-E104",
  slug: "metric-direction-operator",
  title: "Threshold on the wrong side",
  severity: "error",
  preset: "recommended",
  section: "evaluation",
  needs: "spec",
  fix: "safe",
  why: "An error that has to be at least something, or an area that has to be at most something, stops good models and ships bad ones. It is nearly always a slip, and the gate cannot know.",
  example: { base: "regression", fails: [["at_most: 6", "at_least: 6"]], passes: [] },
  check({ spec }) {
    const primary = primaryThreshold(spec);
    if (primary === null || eitherSide.includes(primary.facts.name)) return [];
    const { facts, key, limit, metric, at } = primary;
    const right = facts.direction === "higher" ? "at_least" : "at_most";
    if (key === right) return [];
    const more = facts.direction === "higher" ? "more" : "less";
    return [
      {
        at: [...at, key],
        mark: "key",
        message: `Of ${metric} ${more} is better, but ${key}: ${limit} lets only models ship that are no better than that.`,
        hint: `Write ${right}: ${limit}.`,
        allowed: [right],
        fix: [
          { kind: "remove", path: [...at, key] },
          { kind: "add", path: at, key: right, yaml: String(limit) },
        ],
      },
    ];
  },
};
