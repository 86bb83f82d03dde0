import type { Rule } from "../rule.ts";

/** What the fallback reaches is part of what users get; how long it takes belongs to the deployment section. */
export const fallbackUnevaluated: Rule = {
  code: "MU-I118",
  slug: "fallback-unevaluated",
  title: "Nobody knows how good the fallback is",
  severity: "warning",
  preset: "strict",
  section: "contract",
  needs: "spec",
  fix: "none",
  why: "In an incident the fallback is the product. Without a number of its own, nobody can say whether answering by it is better than answering nothing.",
  example: {
    base: "classification",
    fails: [["fallback: {constant: {late: 0.205}}", "fallback: {version: r3}"]],
    passes: [
      [
        "fallback: {constant: {late: 0.205}}",
        "fallback: {version: r3, quality: {metric: roc_auc, at_least: 0.6}}",
      ],
    ],
  },

  check({ spec: { contract, evaluation } }) {
    const fallback = contract?.fallback;
    if (fallback === undefined || fallback.quality !== undefined) return [];
    const primary = evaluation?.primary;
    return [
      {
        at: ["contract", "fallback"],
        message: `Nothing is promised of the quality of the fallback's answers${primary === undefined ? "" : `, while the model's ${primary.metric} is`}.`,
        hint: "Add quality: {metric: .., at_least: ..} with what it reaches on the evaluation rows.",
        ...(primary === undefined
          ? {}
          : { related: [{ at: ["evaluation", "primary"], message: "what the model has to reach" }] }),
      },
    ];
  },
};
