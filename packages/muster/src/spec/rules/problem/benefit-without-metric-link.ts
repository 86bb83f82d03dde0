import type { Rule } from "../rule.ts";

/** Names that do not resolve are MU-A104's; here the link is missing altogether. */
export const benefitWithoutMetricLink: Rule = {
  code: "MU-P105",
  slug: "benefit-without-metric-link",
  title: "No metric of the spec moves the goal",
  severity: "warning",
  preset: "strict",
  section: "problem",
  needs: "spec",
  fix: "none",
  why: "A goal that no metric is tied to can be missed while every number of the spec is green. Naming the metrics makes the assumption visible, so that it can be doubted.",
  example: {
    base: "classification",
    fails: [
      [
        "  output: classification  ",
        "  goal: {what: Fewer missed connections a month}\n  output: classification  ",
      ],
    ],
    passes: [
      [
        "  output: classification  ",
        "  goal: {what: Fewer missed connections a month, moved_by: [roc_auc, recall]}\n  output: classification  ",
      ],
    ],
  },

  check({ spec: { problem, evaluation } }) {
    const goal = problem?.goal;
    if (goal === undefined || goal.moved_by !== undefined) return [];
    const metrics = [
      evaluation?.primary?.metric,
      ...(evaluation?.secondary ?? []).map(({ metric }) => metric),
    ];
    const known = metrics.filter((metric) => metric !== undefined);
    return [
      {
        at: ["problem", "goal"],
        message: `Nothing says which metric moves the goal (${goal.what}).`,
        hint: "Add moved_by with the metrics of this spec that it depends on.",
        ...(known.length === 0 ? {} : { allowed: known }),
      },
    ];
  },
};
