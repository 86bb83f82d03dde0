import type { Spec } from "../../spec.ts";
import type { Rule } from "../rule.ts";

/** Without the evaluation in the gate the spec holds until the first retraining, and for no model after it. */
export const autoRetrainWithoutGate: Rule = {
  code: "MU-M310",
  slug: "auto-retrain-without-gate",
  title: "Automatic retraining without the gate",
  severity: "error",
  preset: "recommended",
  section: "monitoring",
  needs: "spec",
  fix: "suggestion",
  why: "A retrained model is another model, and nothing that was shown of the earlier one holds for it. If it ships by itself without passing the threshold and the subgroups again, the spec describes a model that is no longer live.",
  example: {
    base: "regression",
    fails: [
      [
        "approval: manual\n  approvers: [product, ml]",
        "approval: automatic\n  gate: [contract, evaluation.primary]",
      ],
    ],
    passes: [
      [
        "approval: manual\n  approvers: [product, ml]",
        "approval: automatic\n  gate: [contract, evaluation.primary, evaluation.subgroups]",
      ],
    ],
  },

  check({ spec }) {
    const { approval, gate } = spec.retraining ?? {};
    if (approval !== "automatic" || gate === undefined) return [];
    const left = promises(spec).filter((path) => !gate.some((line) => covers(line, path)));
    if (left.length === 0) return [];
    return [
      {
        at: ["retraining", "gate"],
        message: `A retrained model ships by itself without passing ${left.join(" and ")} again.`,
        hint: "Add them to the gate, or let a person approve.",
        related: [
          { at: ["retraining", "approval"], message: "the approval is automatic" },
          ...left.map((path) => ({ at: path.split("."), message: "not asked of a retrained model" })),
        ],
        fix: [{ kind: "replace", path: ["retraining", "gate"], yaml: `[${[...gate, ...left].join(", ")}]` }],
      },
    ];
  },
};

function promises({ evaluation }: Spec): string[] {
  return [
    ...(evaluation?.primary === undefined ? [] : ["evaluation.primary"]),
    ...(evaluation?.subgroups === undefined || evaluation.subgroups.length === 0
      ? []
      : ["evaluation.subgroups"]),
  ];
}

const covers = (line: string, path: string): boolean =>
  line === path ||
  line === "*" ||
  line === `${path}.*` ||
  line === "evaluation.*" ||
  path.startsWith(`${line}.`);
