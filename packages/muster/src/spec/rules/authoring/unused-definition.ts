import type { ContractSection } from "../../contract-section.ts";
import type { Spec } from "../../spec.ts";
import type { Rule, RuleFinding } from "../rule.ts";

/**
 * Defined here, and no line ever asks for it. Only where the line that would have asked stands there and says something
 * else: what is merely not said yet is not reported.
 */
export const unusedDefinition: Rule = {
  code: "MU-A105",
  slug: "unused-definition",
  title: "A definition that nothing uses",
  severity: "warning",
  preset: "recommended",
  section: null,
  needs: "spec",
  fix: "suggestion",
  why: "A fallback, default or address that is never used gives a false sense of safety: readers believe that it answers. Mostly it is what a rename or a changed policy left behind.",
  example: {
    base: "classification",
    fails: [["latency_exceeded: fallback", "latency_exceeded: error"]],
    passes: [
      ["latency_exceeded: fallback", "latency_exceeded: error"],
      ["  fallback: {constant: {late: 0.205}}                # constant | version: <id> | rule\n", ""],
    ],
  },

  check: ({ spec }) => [
    ...(spec.contract === undefined ? [] : [...ofCases(spec, spec.contract), ...ofInputs(spec.contract)]),
    ...ofNotify(spec),
  ],
};

function ofCases(spec: Spec, contract: ContractSection): RuleFinding[] {
  const { edge_cases: cases, fallback, cache, review } = contract;
  const { out_of_distribution: outside, latency_exceeded: late } = cases ?? {};
  const found: RuleFinding[] = [];
  const unused = (key: string, instead: string, policy: string, says: string): void => {
    found.push({
      at: ["contract", key],
      mark: "key",
      message: `${key} is defined and never used: ${policy} is ${says}.`,
      hint: `Write ${policy}: ${instead}, or take ${key} away.`,
      related: [{ at: ["contract", "edge_cases", policy], message: `${policy} is ${says}` }],
      fix: [{ kind: "remove", path: ["contract", key] }],
    });
  };
  const named = spec.risks?.some((risk) =>
    risk.controls?.some((path) => path.startsWith("contract.fallback")),
  );
  if (fallback !== undefined && late === "error" && outside !== undefined && outside !== "fallback" && !named)
    unused("fallback", "fallback", "latency_exceeded", "error");
  if (cache !== undefined && late !== undefined && late !== "cached")
    unused("cache", "cached", "latency_exceeded", late);
  if (review !== undefined && outside !== undefined && outside !== "review" && !reviewedOtherwise(spec))
    unused("review", "review", "out_of_distribution", outside);
  return found;
}

const reviewedOtherwise = ({ problem }: Spec): boolean =>
  problem?.decision?.oversight !== undefined && problem.decision.oversight !== "none";

/** `missing` of a required input is read for `missing_required: default` alone. */
function ofInputs({ inputs, edge_cases: cases }: ContractSection): RuleFinding[] {
  const policy = cases?.missing_required;
  if (policy === undefined) return [];
  return inputs.flatMap(({ name, required, missing }, i): RuleFinding[] => {
    if (!required || missing === undefined || missing === policy) return [];
    if (policy === "default" && typeof missing === "object") return [];
    const at = ["contract", "inputs", i, "missing"];
    const what = typeof missing === "object" ? `The default ${JSON.stringify(missing.default)}` : missing;
    return [
      {
        at,
        mark: "key",
        message: `${what} of ${name} is never used: ${name} is required, and missing_required is ${policy}.`,
        hint: "Make the input optional (required: false), or take its missing away.",
        related: [
          { at: ["contract", "edge_cases", "missing_required"], message: `missing_required is ${policy}` },
        ],
        fix: [{ kind: "remove", path: at }],
      },
    ];
  });
}

/** An address of a role that owns nothing and that owners does not know: nothing is ever sent there. */
function ofNotify(spec: Spec): RuleFinding[] {
  const { monitoring, retraining, contract, owners } = spec;
  if (monitoring?.notify === undefined) return [];
  const { performance, input_drift, prediction_drift, latency, no_data } = monitoring;
  const asked = [performance, input_drift, prediction_drift, latency, no_data].map((each) => each?.owner);
  const used = new Set([...asked, ...(retraining?.approvers ?? []), contract?.review?.owner]);
  return Object.keys(monitoring.notify)
    .filter((role) => !used.has(role) && !Object.hasOwn(owners, role))
    .map((role) => ({
      at: ["monitoring", "notify", role],
      mark: "key" as const,
      message: `Nothing is ever sent to ${role}: it is no role of owners, and no signal is its own.`,
      hint: "Make it the owner of a signal, correct the name, or take it away.",
      fix: [{ kind: "remove" as const, path: ["monitoring", "notify", role] }],
    }));
}
