import type { Rule, RuleFinding } from "../rule.ts";

/** Only what is certain: the truth itself among the inputs, and values that exist after the decision alone. */
export const labelLeakInput: Rule = {
  code: "MU-I107",
  slug: "label-leak-input",
  title: "An input knows the outcome",
  severity: "error",
  preset: "minimal",
  section: "contract",
  needs: "spec",
  fix: "none",
  why: "A model that is given the truth, or something recorded after it, has the best numbers of all offline. In production the value does not exist yet, and the model is worth nothing.",
  example: {
    base: "classification",
    fails: [
      [
        "source: schedule.departure,   required: true}",
        "source: schedule.departure, required: true, available_at: after_decision}",
      ],
    ],
    passes: [
      [
        "source: schedule.departure,   required: true}",
        "source: schedule.departure, required: true, available_at: before_decision}",
      ],
    ],
  },

  check({ spec: { contract, data, problem } }) {
    const label = data?.label;
    return (contract?.inputs ?? []).flatMap(({ name, available_at }, i): RuleFinding[] => {
      const at = ["contract", "inputs", i];
      const truths = [
        ["column", label?.column, "holds the truth that the model is to tell"],
        [
          "verified_by",
          label?.verified_by,
          "says whether the truth was verified, which nobody knows at the decision",
        ],
      ] as const;
      const found = truths.find(([, column]) => column === name);
      if (found !== undefined) {
        const [key, , because] = found;
        return [
          {
            at: [...at, "name"],
            message: `The input ${name} ${because}.`,
            hint: "Take it from the inputs, or correct the label's column.",
            related: [{ at: ["data", "label", key], message: "the label's column" }],
          },
        ];
      }
      if (available_at !== "after_decision") return [];
      const decision = problem?.decision?.what;
      return [
        {
          at: [...at, "available_at"],
          message: `${name} is known only after the decision${decision === undefined ? "" : ` (${decision})`}, so no caller can send it in time.`,
          hint: "Use a value that is known when the decision is made.",
          ...(decision === undefined
            ? {}
            : { related: [{ at: ["problem", "decision"], message: "the decision that it is for" }] }),
        },
      ];
    });
  },
};
