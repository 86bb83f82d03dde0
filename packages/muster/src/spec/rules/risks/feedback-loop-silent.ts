import type { Rule } from "../rule.ts";

/** A model that makes its own labels confirms itself, unless some requests are kept from it. */
export const feedbackLoopSilent: Rule = {
  code: "MU-R110",
  slug: "feedback-loop-silent",
  title: "Feedback loop without a holdout",
  severity: "warning",
  preset: "recommended",
  section: "monitoring",
  needs: "spec",
  fix: "suggestion",
  why: "Where the answer changes what happens, what is later learned as the truth is partly the model's own doing. Only requests that its answer is kept from show what would have happened without it.",
  example: {
    base: "classification",
    fails: [["  cooldown: 7d", "  cooldown: 7d\n  feedback: {loop: true}"]],
    passes: [["  cooldown: 7d", "  cooldown: 7d\n  feedback: {loop: true, holdout: 1%}"]],
  },

  check({ spec }) {
    const feedback = spec.retraining?.feedback;
    if (feedback?.loop !== true || (feedback.holdout?.value ?? 0) > 0) return [];
    const label = spec.data?.label;
    const path = ["retraining", "feedback"];
    return [
      {
        at: path,
        message: `The model's answers change ${label === undefined ? "the labels" : `the label ${label.column}`} that it later learns from, and no request is kept from them: its metrics confirm themselves.`,
        hint: "Keep a small random share of the requests from the model's answer, and learn and measure on it.",
        ...(label === undefined
          ? {}
          : { related: [{ at: ["data", "label", "column"], message: "the label" }] }),
        fix:
          feedback.holdout === undefined
            ? [{ kind: "add", path, key: "holdout", yaml: "1%" }]
            : [{ kind: "replace", path: [...path, "holdout"], yaml: "1%" }],
      },
    ];
  },
};
