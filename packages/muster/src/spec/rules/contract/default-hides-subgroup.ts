import type { Rule } from "../rule.ts";

/** The default moves every row without a value into one group, and that group's number then speaks of two kinds of rows. */
export const defaultHidesSubgroup: Rule = {
  code: "MU-I105",
  slug: "default-hides-subgroup",
  title: "A default fills a column that subgroups are made by",
  severity: "warning",
  preset: "strict",
  section: "contract",
  needs: "spec",
  fix: "none",
  why: "Rows whose value is missing all land in the group of the default. If they are served badly, it shows nowhere: they are averaged into people who are not like them.",
  example: {
    base: "regression",
    fails: [["required: true, range: [0, 60]}", "required: false, range: [0, 60], missing: {default: 3}}"]],
    passes: [["required: true, range: [0, 60]}", "required: false, range: [0, 60], missing: reject}"]],
  },

  check({ spec: { contract, evaluation } }) {
    const subgroups = evaluation?.subgroups ?? [];
    return (contract?.inputs ?? []).flatMap(({ name, missing }, i) => {
      if (typeof missing !== "object") return [];
      const k = subgroups.findIndex(({ by, from }) => (from ?? by) === name);
      if (k === -1) return [];
      return [
        {
          at: ["contract", "inputs", i, "missing"],
          message: `Rows without a ${name} count as ${JSON.stringify(missing.default)}, and the subgroups by ${subgroups[k]?.by} cannot tell them apart.`,
          hint: "Measure the rows without a value as a group of their own: keep the column as it was for the evaluation.",
          related: [{ at: ["evaluation", "subgroups", k], message: "subgroups are made by it here" }],
        },
      ];
    });
  },
};
