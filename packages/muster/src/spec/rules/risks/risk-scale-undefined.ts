import type { Level } from "../../risk-register.ts";
import type { Rule, RuleFinding } from "../rule.ts";

const order: readonly Level[] = ["low", "medium", "high"];

/** Levels can be compared only if each has a meaning, and controls never make a risk larger. */
export const riskScaleUndefined: Rule = {
  code: "MU-R104",
  slug: "risk-scale-undefined",
  title: "Levels that do not compare",
  severity: "warning",
  preset: "recommended",
  section: "risks",
  needs: "spec",
  fix: "none",
  why: "Low, medium and high order risks only where everybody reads them alike. A scale that leaves out a level in use, or a residual risk above the risk itself, shows that the words were not thought through.",
  example: {
    base: "classification",
    fails: [
      [
        "controls: [contract.outputs.late.surface_above]",
        "controls: [contract.outputs.late.surface_above]\n    residual: {probability: high, impact: low}",
      ],
    ],
    passes: [
      [
        "controls: [contract.outputs.late.surface_above]",
        "controls: [contract.outputs.late.surface_above]\n    residual: {probability: low, impact: high}",
      ],
    ],
  },

  check({ spec }) {
    const findings: RuleFinding[] = [];
    for (const [i, { id, probability, impact, residual }] of (spec.risks ?? []).entries()) {
      const written = [
        {
          what: "probability",
          level: probability,
          at: ["risks", i, "probability"],
          left: residual?.probability,
        },
        { what: "impact", level: impact.level, at: ["risks", i, "impact", "level"], left: residual?.impact },
      ] as const;
      for (const { what, level, at, left } of written) {
        if (left !== undefined && order.indexOf(left) > order.indexOf(level)) {
          findings.push({
            at: ["risks", i, "residual", what],
            message: `The residual ${what} of ${id} is ${left}, above the ${level} that it has without its controls.`,
            hint: `Write at most ${level}, or mend the ${what} of the risk.`,
            related: [{ at, message: `the ${what} is ${level}` }],
          });
        }
        const scale = spec.risk_scale?.[what];
        if (scale !== undefined && scale[level] === undefined) {
          findings.push({
            at,
            message: `The ${what} of ${id} is ${level}, which the scale of this spec does not define.`,
            hint: `Say in risk_scale.${what} what ${level} means.`,
            related: [{ at: ["risk_scale", what], message: `defined are ${Object.keys(scale).join(", ")}` }],
          });
        }
      }
    }
    return findings;
  },
};
