import { hasLine } from "../../control-path.ts";
import type { Rule, RuleFinding } from "../rule.ts";

/** A mitigation is a line of this spec that does something; words alone do nothing. */
export const mitigationWithoutControl: Rule = {
  code: "MU-R101",
  slug: "mitigation-without-control",
  title: "Mitigation without a control",
  severity: "error",
  preset: "recommended",
  section: "risks",
  needs: "spec",
  fix: "none",
  why: "A register full of prose looks like safety and is none. A control is a line of the spec that the system obeys or proves: a threshold, a limit, a signal, a fallback, an approval. A path that leads to no line is prose, too.",
  example: {
    base: "classification",
    fails: [["    controls: [contract.outputs.late.surface_above]\n", ""]],
    passes: [["controls: [contract.outputs.late.surface_above]", "controls: [contract.outputs.late.decide]"]],
  },

  check({ spec }) {
    const findings: RuleFinding[] = [];
    for (const [i, risk] of (spec.risks ?? []).entries()) {
      const controls = risk.controls ?? [];
      if (controls.length === 0 && risk.acceptance === undefined) {
        findings.push({
          at: ["risks", i, "mitigation"],
          message: `The mitigation of ${risk.id} names no line of this spec that carries it out.`,
          hint: "Add controls with the paths of those lines, or write who accepts the risk in acceptance.",
          ...(risk.controls === undefined
            ? {}
            : { related: [{ at: ["risks", i, "controls"], message: "the list of controls is empty" }] }),
        });
      }
      for (const [j, control] of controls.entries()) {
        if (hasLine(spec, control)) continue;
        const parent = nearest(control, (path) => hasLine(spec, path));
        findings.push({
          at: ["risks", i, "controls", j],
          message: `The control ${control} of ${risk.id} is no line of this spec${parent === null ? "" : `: ${parent} has no such key`}.`,
          hint: "Write the line that it points at, or point at one that is there.",
          related: [{ at: ["risks", i, "mitigation"], message: "the mitigation that it should carry out" }],
        });
      }
    }
    return findings;
  },
};

/** The longest beginning of the path that leads somewhere. */
function nearest(path: string, leads: (path: string) => boolean): string | null {
  const steps = path.split(".");
  for (let length = steps.length - 1; length > 0; length--) {
    const beginning = steps.slice(0, length).join(".");
    if (leads(beginning)) return beginning;
  }
  return null;
}
