import type { InputType } from "../../contract-section.ts";
import type { Rule, RuleFinding } from "../rule.ts";

/** Types whose tensors hold no null, so that an optional input of them needs something in its place. */
const cannotBeNull: ReadonlySet<InputType> = new Set(["integer", "boolean", "datetime"]);

/**
 * A required input without a stated policy is refused, which is a policy. Undefined is what cannot be carried out: a default
 * that nobody wrote down, and a gap in a type that knows no gap.
 */
export const missingPolicyAbsent: Rule = {
  code: "MU-I101",
  slug: "missing-policy-absent",
  title: "Nothing stands in for a missing value",
  severity: "error",
  preset: "minimal",
  section: "contract",
  needs: "spec",
  fix: "suggestion",
  why: "Values are missing in production sooner or later. A request without one then either fails in a way that nobody chose, or the gateway cannot start at all.",
  example: {
    base: "classification",
    fails: [["range: [10, 6000], missing: {default: 568},", "range: [10, 6000],"]],
    passes: [["missing: {default: 568}", "missing: reject"]],
  },

  check({ spec: { contract } }) {
    const policy = contract?.edge_cases?.missing_required;
    return (contract?.inputs ?? []).flatMap((input, i): RuleFinding[] => {
      const at = ["contract", "inputs", i];
      const { name, type, required, missing } = input;
      if (required && policy === "default" && typeof missing !== "object") {
        return [
          {
            at,
            message: `A missing ${name} is to be replaced by its default, and ${name} has none.`,
            hint: "Add missing: {default: ..} to the input, or choose another policy for required inputs.",
            related: [
              {
                at: ["contract", "edge_cases", "missing_required"],
                message: "the default stands in, it says here",
              },
            ],
          },
        ];
      }
      if (required || missing !== undefined || !cannotBeNull.has(type)) return [];
      return [
        {
          at,
          message: `${name} may be missing, and nothing stands in: a model cannot take a gap in ${type} values.`,
          hint: "Say what happens: a default, or reject to refuse the request.",
          allowed: ["missing: {default: ..}", "missing: reject"],
          fix: [{ kind: "add", path: at, key: "missing", yaml: "reject" }],
        },
      ];
    });
  },
};
