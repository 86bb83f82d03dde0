import type { Rule } from "../rule.ts";

/** The column that tells verified labels, asked of callers; a label among the inputs is the contract's affair. */
export const environmentMissing: Rule = {
  code: "MU-D114",
  slug: "environment-missing",
  title: "Callers are asked for what only the training data has",
  severity: "warning",
  preset: "recommended",
  section: "data",
  needs: "spec",
  fix: "none",
  why: "Some columns exist only where the truth is known, such as the one that says who verified the label. Callers cannot send them when they ask for a prediction, and a model that was trained with them meets gaps or made-up values.",
  example: {
    base: "classification",
    fails: [["verified_by: verified}", "verified_by: distance}"]],
    passes: [],
  },
  check({ spec }) {
    const name = spec.data?.label?.verified_by;
    const index = (spec.contract?.inputs ?? []).findIndex((input) => input.name === name);
    if (name === undefined || index < 0) return [];
    return [
      {
        at: ["data", "label", "verified_by"],
        message: `${name} is an input of the contract, but here it says whether a person has verified the label: callers do not know that when they ask.`,
        hint: "Name another column, or take the input out of the contract.",
        related: [{ at: ["contract", "inputs", index, "name"], message: `the input ${name}` }],
      },
    ];
  },
};
