import type { Rule } from "../rule.ts";

/** Controls that stand between a retrained version and its users. */
const gates =
  /^(evaluation|contract\.variance|deployment\.(shadow|canary)|retraining\.(gate|approvers))(\.|$)/;

/** A version that nobody looked at ships although one of its failures would be grave, and nothing asks about that one. */
export const autoActionHighImpact: Rule = {
  code: "MU-R109",
  slug: "auto-action-high-impact",
  title: "Automatic release under high impact",
  severity: "error",
  preset: "recommended",
  section: "monitoring",
  needs: "spec",
  fix: "suggestion",
  why: "An automatic approval says that passing the gates is enough. A risk of high impact with no gate among its controls says that nothing asks about it before the release: each new version meets users first.",
  example: {
    base: "classification",
    fails: [["approval: manual ", "approval: automatic "]],
    passes: [
      ["approval: manual ", "approval: automatic "],
      [
        "controls: [contract.outputs.late.surface_above]",
        "controls: [contract.outputs.late.surface_above, evaluation.secondary]",
      ],
      [
        "controls: [contract.inputs.*.preprocessing, monitoring.input_drift]",
        "controls: [deployment.shadow, monitoring.input_drift]",
      ],
      [
        "controls: [contract.inputs, deployment.throughput.per_client]",
        "controls: [contract.inputs, deployment.canary, deployment.throughput.per_client]",
      ],
    ],
  },

  check({ spec }) {
    const { approval, gate = [] } = spec.retraining ?? {};
    if (approval !== "automatic") return [];
    const grave = (spec.risks ?? []).flatMap((risk, i) => {
      if (risk.impact.level !== "high" || risk.acceptance !== undefined) return [];
      const gated = (risk.controls ?? []).some(
        (control) =>
          gates.test(control) || gate.some((line) => control === line || control.startsWith(`${line}.`)),
      );
      return gated ? [] : [{ i, id: risk.id }];
    });
    if (grave.length === 0) return [];
    const path = ["retraining", "approval"];
    return [
      {
        at: path,
        message: `A retrained version ships without a person, but the impact of ${grave.map(({ id }) => id).join(", ")} is high and no gate stands among ${grave.length === 1 ? "its" : "their"} controls.`,
        hint: "Let a person approve, or add the gate that asks about the risk to its controls: a line of evaluation, the shadow, the canary.",
        related: grave.map(({ i, id }) => ({
          at: ["risks", i, "impact", "level"],
          message: `the impact of ${id} is high`,
        })),
        allowed: ["manual"],
        fix: [{ kind: "replace", path, yaml: "manual" }],
      },
    ];
  },
};
