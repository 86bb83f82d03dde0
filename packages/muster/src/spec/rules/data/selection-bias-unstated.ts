import type { Rule } from "../rule.ts";

/** Only where the author says that labels are one-sided. */
export const selectionBiasUnstated: Rule = {
  code: "MU-D113",
  slug: "selection-bias-unstated",
  title: "Truth only of cases that were acted on",
  severity: "info",
  preset: "strict",
  section: "data",
  needs: "spec",
  fix: "none",
  why: "Of a loan that was refused nobody learns whether it would have been paid back. A model trained and judged on granted loans alone says nothing about the others, which it will decide on as well; a part decided at random, or a correction, has to fill the gap.",
  example: {
    base: "anomaly_detection",
    fails: [["positive: 1, verified_by", "positive: 1, known_for: acted_on, verified_by"]],
    passes: [
      [
        "positive: 1, verified_by",
        "positive: 1, known_for: acted_on, correction: A random hundredth of the payments is reviewed, verified_by",
      ],
    ],
  },
  check({ spec }) {
    const label = spec.data?.label;
    if (label?.known_for !== "acted_on" || label.correction !== undefined) return [];
    return [
      {
        at: ["data", "label", "known_for"],
        message: `${label.column} is known only of cases that today's policy acted on, and the spec does not say what is done about the others.`,
        hint: "Say it under data.label.correction.",
      },
    ];
  },
};
