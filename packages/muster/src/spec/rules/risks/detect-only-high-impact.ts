import type { Rule } from "../rule.ts";

/** A monitor tells of a harm that has begun. */
export const detectOnlyHighImpact: Rule = {
  code: "MU-R103",
  slug: "detect-only-high-impact",
  title: "High impact, only detected",
  severity: "warning",
  preset: "strict",
  section: "risks",
  needs: "spec",
  fix: "none",
  why: "A signal alerts after users were harmed for a window of time. Where the impact is high something has to stand before the harm: a gate, a limit, a fallback, a person.",
  example: {
    base: "classification",
    fails: [
      [
        "controls: [contract.inputs.*.preprocessing, monitoring.input_drift]",
        "controls: [monitoring.input_drift]",
      ],
    ],
    passes: [
      [
        "controls: [contract.inputs.*.preprocessing, monitoring.input_drift]",
        "controls: [evaluation.subgroups, monitoring.input_drift]",
      ],
    ],
  },

  check({ spec }) {
    return (spec.risks ?? []).flatMap(({ id, impact, controls = [], acceptance }, i) => {
      if (impact.level !== "high" || controls.length === 0 || acceptance !== undefined) return [];
      // Retraining follows on a signal: it mends, and prevents nothing either.
      if (!controls.every((control) => /^(monitoring|retraining\.triggers)(\.|$)/.test(control))) return [];
      return [
        {
          at: ["risks", i, "controls"],
          message: `The impact of ${id} is high, but all its controls only notice it: ${controls.join(", ")}.`,
          hint: "Add a control that prevents or limits the harm: a gate, an input range, a fallback, an approval.",
          related: [{ at: ["risks", i, "impact", "level"], message: "the impact is high" }],
        },
      ];
    });
  },
};
