import type { InputType } from "../../contract-section.ts";
import type { Rule, RuleFinding } from "../rule.ts";

/** NaN and the empty text are what tensors have for null; whole numbers, days and truth values have nothing. */
const cannotBeNull: ReadonlySet<InputType> = new Set(["integer", "boolean", "datetime"]);

/** Steps that are defined on numbers alone, by the names they commonly have. */
const needsNumber: ReadonlySet<string> = new Set(["log", "log1p", "log10", "log2", "sqrt", "square"]);

/** The policy hands the gap on to somebody who cannot take it. */
export const nullPolicyNotNullable: Rule = {
  code: "MU-I103",
  slug: "null-policy-not-nullable",
  title: "Null is handed to a type that cannot be null",
  severity: "error",
  preset: "minimal",
  section: "contract",
  needs: "spec",
  fix: "none",
  why: "A tensor of whole numbers, truth values or times has no room for a null. The policy cannot be carried out: the request crashes, or a made-up zero takes the place of the gap.",
  example: {
    base: "classification",
    fails: [["missing: {default: 568}", "missing: null"]],
    passes: [["missing: {default: 568}", "missing: reject"]],
  },

  check({ spec: { contract } }) {
    const policy = contract?.edge_cases?.missing_required;
    return (contract?.inputs ?? []).flatMap(
      ({ name, type, required, missing, preprocessing }, i): RuleFinding[] => {
        const stated = required ? policy : missing;
        if (stated !== "null") return [];
        const [first] = preprocessing ?? [];
        const step = typeof first === "string" && needsNumber.has(first) ? first : null;
        if (!cannotBeNull.has(type) && step === null) return [];
        const because = cannotBeNull.has(type)
          ? `a model cannot take a gap in ${type} values`
          : `its first step, ${step}, needs a number`;
        const own = ["contract", "inputs", i];
        return [
          {
            at: required ? [...own, "type"] : [...own, "missing"],
            message: `A missing ${name} is handed on as null, but ${because}.`,
            hint: "Write a default or reject, or make the type one that can be null (float, string).",
            ...(required
              ? {
                  related: [
                    { at: ["contract", "edge_cases", "missing_required"], message: "null, it says here" },
                  ],
                }
              : {}),
          },
        ];
      },
    );
  },
};
