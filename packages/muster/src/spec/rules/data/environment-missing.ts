import type { Rule } from "../rule.ts";

/** Columns that exist only once the truth is known, or only beside it, asked of callers. */
export const environmentMissing: Rule = {
  code: "MU-D114",
  slug: "environment-missing",
  title: "Callers are asked for what only the training data has",
  severity: "warning",
  preset: "recommended",
  section: "data",
  needs: "spec",
  fix: "none",
  why: "Some columns exist only where the truth is known: who verified the label, what the baseline would have said. Callers cannot send them when they ask for a prediction, and a model that was trained with them meets gaps or made-up values.",
  example: {
    base: "classification",
    fails: [["verified_by: verified}", "verified_by: distance}"]],
    passes: [],
  },
  check({ spec }) {
    const columns = [
      {
        name: spec.data?.label?.verified_by,
        at: ["data", "label", "verified_by"],
        what: "says whether a person has verified the label",
      },
    ];
    const inputs = spec.contract?.inputs ?? [];
    return columns.flatMap(({ name, at, what }) => {
      const index = inputs.findIndex((input) => input.name === name);
      if (name === undefined || index < 0) return [];
      return [
        {
          at,
          message: `${name} is an input of the contract, but here it ${what}: callers do not know that when they ask.`,
          hint: "Name another column, or take the input out of the contract.",
          related: [{ at: ["contract", "inputs", index, "name"], message: `the input ${name}` }],
        },
      ];
    });
  },
};
