import type { Rule, RuleFinding } from "../rule.ts";

/** What auditors ask of data about persons. Whether a source holds it is what the author says, never a guess. */
export const sensitiveSourceUndeclared: Rule = {
  code: "MU-D110",
  slug: "sensitive-source-undeclared",
  title: "Data of persons without its paperwork",
  severity: "error",
  preset: "regulated",
  section: "data",
  needs: "spec",
  fix: "none",
  why: "Data about persons may be used for a purpose on a lawful basis, for a time, and no more of it than is needed. An auditor asks for all three for each source, and for every source whether it holds such data at all.",
  example: {
    base: "anomaly_detection",
    fails: [["updates: daily}", "updates: daily, holds: personal_data}"]],
    passes: [
      [
        "updates: daily}",
        "updates: daily, holds: personal_data, lawful_basis: Contract with the card holder, retain: 365d, minimisation: No names and no addresses}",
      ],
    ],
  },
  check({ spec }) {
    return (spec.data?.sources ?? []).flatMap((source, i): readonly RuleFinding[] => {
      const { name, holds, lawful_basis, retain, minimisation } = source;
      const at = ["data", "sources", i];
      if (holds === "no_personal_data") return [];
      if (holds === undefined) {
        return [
          {
            at,
            message: `The spec does not say whether ${name} holds data about persons.`,
            hint: "Add holds.",
            allowed: ["no_personal_data", "personal_data", "special_categories"],
          },
        ];
      }
      const missing = Object.entries({ lawful_basis, retain, minimisation }).filter(
        ([, v]) => v === undefined,
      );
      if (missing.length === 0) return [];
      const keys = missing.map(([key]) => key);
      return [
        {
          at: [...at, "holds"],
          message: `${name} holds ${holds === "personal_data" ? "personal data" : "special categories of personal data"} and says nothing of ${keys.join(", ")}.`,
          hint: `Add ${keys.join(", ")}.`,
        },
      ];
    });
  },
};
