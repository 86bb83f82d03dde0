import type { Rule } from "../rule.ts";

/**
 * A threshold says nothing until one knows what is reached without the model. Measured in the primary metric's unit means:
 * a column of the evaluation data with the baseline's own score.
 */
export const noNonmodelBaseline: Rule = {
  code: "MU-P101",
  slug: "no-nonmodel-baseline",
  title: "There is nothing that the model has to beat",
  severity: "error",
  preset: "strict",
  section: "problem",
  needs: "spec",
  fix: "none",
  why: "A model that is no better than the rule it replaces costs money and adds risk. Only a baseline that is measured on the same rows, by the same metric, shows whether the model earns its place.",
  example: {
    base: "classification",
    fails: [
      [
        "description: Late rate of the hour of day, column: baseline}",
        "description: Late rate of the hour of day}",
      ],
    ],
    passes: [["column: baseline}", "column: hourly_rate}"]],
  },

  check({ spec: { problem, evaluation } }) {
    if (problem === undefined) return [];
    const { baseline } = problem;
    const metric = evaluation?.primary?.metric ?? "the primary metric";
    if (baseline === undefined) {
      return [
        {
          at: ["problem"],
          mark: "key",
          message: `The problem names no baseline: nothing says which ${metric} is reached without the model.`,
          hint: "Add baseline: {description: .., column: ..}: how it is decided today, and the column of the evaluation data that holds its score.",
        },
      ];
    }
    if (baseline.column !== undefined) return [];
    return [
      {
        at: ["problem", "baseline"],
        message: `The baseline (${baseline.description}) has no column, so its ${metric} cannot be measured.`,
        hint: "Name the column of the evaluation data that holds the baseline's own score.",
        ...(evaluation?.primary === undefined
          ? {}
          : { related: [{ at: ["evaluation", "primary"], message: `the model is held to ${metric}` }] }),
      },
    ];
  },
};
