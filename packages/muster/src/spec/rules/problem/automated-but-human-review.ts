import type { Rule, RuleFinding } from "../rule.ts";

/**
 * "Automates" beside a review of odd cases is fine: most decisions are automatic. What contradicts itself is a person in the
 * loop where the spec says that there is none, and the other way round.
 */
export const automatedButHumanReview: Rule = {
  code: "MU-P104",
  slug: "automated-but-human-review",
  title: "Two lines disagree on whether a person decides",
  severity: "error",
  preset: "minimal",
  section: "problem",
  needs: "spec",
  fix: "none",
  why: "Oversight is promised to users and to auditors. If one line says that nobody looks and another sends requests to reviewers, either the review is not staffed or the promise is wrong.",
  example: {
    base: "classification",
    fails: [["mode: automates}", "mode: automates, oversight: none}"]],
    passes: [["mode: automates}", "mode: automates, oversight: exceptions}"]],
  },

  check({ spec: { problem, contract } }) {
    const decision = problem?.decision;
    if (problem === undefined || decision === undefined) return [];
    const { mode, oversight } = decision;
    const found: RuleFinding[] = [];
    const at = ["problem", "decision", oversight === undefined ? "mode" : "oversight"];
    const review = contract?.edge_cases?.out_of_distribution === "review";
    if (oversight === "none" && review) {
      found.push({
        at,
        message:
          "No person sees a decision before it takes effect, yet requests outside of the training data are flagged for review.",
        hint: "Write oversight: exceptions, or let something other than review answer those requests.",
        related: [
          { at: ["contract", "edge_cases", "out_of_distribution"], message: "flagged for review here" },
        ],
      });
    }
    if (oversight === "every_decision" && mode === "automates") {
      found.push({
        at,
        message:
          "The model automates the decision, yet a person is to see every decision before it takes effect.",
        hint: "Write mode: enables, or say which decisions a person sees.",
        related: [{ at: ["problem", "decision", "mode"], message: "automated here" }],
      });
    }
    const users = problem.consumers ?? [];
    if (mode === "enables" && users.length > 0 && users.every(({ use }) => use === "automated_decision")) {
      found.push({
        at: ["problem", "decision", "mode"],
        message: `People are to decide, yet the output goes to machines alone: ${users.map(({ who }) => who).join(", ")}.`,
        hint: "Write mode: automates, or name the people who decide among the consumers.",
        related: users.map(({ who }, i) => ({
          at: ["problem", "consumers", i, "use"],
          message: `${who} acts on it without a person`,
        })),
      });
    }
    return found;
  },
};
