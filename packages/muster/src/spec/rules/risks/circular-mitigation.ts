import type { Risk } from "../../risk-register.ts";
import type { Rule } from "../rule.ts";

/** The control of a risk is the very thing whose failure another risk is, and so on in a circle: nothing holds it up. */
export const circularMitigation: Rule = {
  code: "MU-R106",
  slug: "circular-mitigation",
  title: "Controls that hold each other up",
  severity: "error",
  preset: "recommended",
  section: "risks",
  needs: "spec",
  fix: "none",
  why: "If the control of one risk is what fails in another, and the other way round, one cause takes both away. A circle of controls is a single point of failure that reads like two.",
  example: {
    base: "classification",
    fails: [
      [
        "controls: [contract.outputs.late.surface_above]",
        "controls: [deployment.shadow]\n    of: deployment.canary",
      ],
      [
        "controls: [monitoring.input_drift, retraining.triggers.drift]",
        "controls: [deployment.canary]\n    of: deployment.shadow",
      ],
    ],
    passes: [
      [
        "controls: [contract.outputs.late.surface_above]",
        "controls: [deployment.shadow, deployment.rollback]\n    of: deployment.canary",
      ],
      [
        "controls: [monitoring.input_drift, retraining.triggers.drift]",
        "controls: [deployment.canary]\n    of: deployment.shadow",
      ],
    ],
  },

  check({ spec }) {
    const risks = spec.risks ?? [];
    // The largest set of risks all of whose controls are what fails in risks of the same set.
    const circle = new Set(risks.filter((risk) => risk.of !== undefined && (risk.controls ?? []).length > 0));
    for (let before = -1; before !== circle.size; ) {
      before = circle.size;
      for (const risk of circle) {
        if (!(risk.controls ?? []).every((control) => failingIn(control, circle) !== null))
          circle.delete(risk);
      }
    }
    return [...circle].map((risk) => {
      const controls = risk.controls ?? [];
      const others = controls.flatMap((control) => {
        const other = failingIn(control, circle);
        return other === null ? [] : [{ control, other }];
      });
      const words = others.map(({ control, other }) => `${control} is what fails in ${other.id}`).join("; ");
      return {
        at: ["risks", risks.indexOf(risk), "controls"],
        message: `The controls of ${risk.id} hold up each other: ${words}.`,
        hint: "Add a control that none of these risks takes away.",
        related: others.map(({ control, other }) => ({
          at: ["risks", risks.indexOf(other), "of"],
          message: `${other.id} is a failure of ${other.of ?? control}`,
        })),
      };
    });
  },
};

function failingIn(control: string, risks: ReadonlySet<Risk>): Risk | null {
  for (const risk of risks)
    if (risk.of !== undefined && (control === risk.of || control.startsWith(`${risk.of}.`))) return risk;
  return null;
}
