import type { Rule } from "../rule.ts";

/** Two primaries cannot be written: a list is refused when the file is read. What is left is none at all. */
export const multiplePrimaries: Rule = {
  code: "MU-E107",
  slug: "multiple-primaries",
  title: "No primary metric where others lean on it",
  severity: "error",
  preset: "recommended",
  section: "evaluation",
  needs: "spec",
  fix: "none",
  why: "Exactly one metric decides whether a model ships. Subgroups have to meet its threshold, and the performance signal watches it; without it those lines promise nothing and the gate has nothing to decide by.",
  example: {
    base: "classification",
    fails: [["  primary: {metric: roc_auc, at_least: 0.65}\n", ""]],
    passes: [],
  },
  check({ spec }) {
    const { evaluation, monitoring, status } = spec;
    if (evaluation === undefined || evaluation.primary !== undefined) return [];
    const leaning = [
      ...(evaluation.subgroups === undefined
        ? []
        : [{ at: ["evaluation", "subgroups"], message: "subgroups have to meet the primary threshold" }]),
      ...(monitoring?.performance?.metric === "primary"
        ? [{ at: ["monitoring", "performance", "metric"], message: "the signal watches the primary metric" }]
        : []),
      ...(evaluation.secondary === undefined
        ? []
        : [{ at: ["evaluation", "secondary"], message: "secondary metrics never decide" }]),
    ];
    // A draft without any of them is merely not finished.
    if (leaning.length === 0 && status !== "active") return [];
    return [
      {
        at: ["evaluation"],
        mark: "key",
        message:
          "Exactly one metric decides whether a model ships, and the evaluation names none as primary.",
        hint: "Add primary with the metric and its threshold.",
        ...(leaning.length === 0 ? {} : { related: leaning }),
      },
    ];
  },
};
