import type { Rule, RuleFinding } from "../rule.ts";

/** Who decides, and who acts on the output: oversight, risk and the law all begin there. */
export const decisionUseUndeclared: Rule = {
  code: "MU-P103",
  slug: "decision-use-undeclared",
  title: "Nothing says how the output is used",
  severity: "warning",
  preset: "strict",
  section: "problem",
  needs: "spec",
  fix: "none",
  why: "Whether a machine acts on the answer or a person reads it decides how much an error costs, which oversight is needed and which law applies. Left unsaid, everybody assumes something else.",
  example: {
    base: "regression",
    fails: [["  decision: {what: Show the expected minutes at checkout, mode: enables}\n", ""]],
    passes: [["mode: enables}", "mode: enables, oversight: none}"]],
  },

  check({ spec: { problem } }) {
    if (problem === undefined) return [];
    const found: RuleFinding[] = [];
    const { decision, consumers } = problem;
    if (decision === undefined) {
      found.push({
        at: ["problem"],
        mark: "key",
        message:
          "The problem does not say which decision the model takes part in, nor whether it automates it.",
        hint: "Add decision: {what: .., mode: enables} for advice to people, or mode: automates.",
      });
    }
    if (consumers === undefined || consumers.length === 0) {
      found.push({
        at: ["problem"],
        mark: "key",
        message: "The problem names nobody who uses the output.",
        hint: "Add consumers with who they are and how they use it.",
        allowed: ["shown_to_users", "internal_team", "automated_decision"],
      });
    }
    return found;
  },
};
