import type { Rule, RuleFinding } from "../rule.ts";

const cases = [
  {
    key: "missing_required",
    degrades: ["default", "null"],
    what: "a required input is missing",
    named: /\b(missing|null|absent|incomplete)\b/i,
  },
  {
    key: "out_of_distribution",
    degrades: ["review", "fallback", "uncertainty"],
    what: "an input is unlike the training data",
    named: /\b(out[- ]of[- ]distribution|ood|unseen|shift|drift|novel)\b/i,
  },
  {
    key: "latency_exceeded",
    degrades: ["cached", "fallback"],
    what: "the model is too slow",
    named: /\b(time-?outs?|latency|slow|overload(ed)?|too late)\b/i,
  },
] as const;

/** The policies for edge cases and the risk register speak of the same events. */
export const edgeCaseNotInRegister: Rule = {
  code: "MU-R108",
  slug: "edge-case-not-in-register",
  title: "Edge case without a risk, or the reverse",
  severity: "warning",
  preset: "strict",
  section: "risks",
  needs: "spec",
  fix: "none",
  why: "Each policy for an edge case gives users something worse than the model's answer, and that is a risk of its own. A register that leaves it out was written beside the contract, and nobody asked how often it happens.",
  example: {
    base: "regression",
    fails: [["out_of_distribution: fallback, latency_exceeded: fallback", "latency_exceeded: fallback"]],
    passes: [
      [
        "controls: [contract.inputs, deployment.throughput.per_client]",
        "controls: [contract.inputs, contract.edge_cases, deployment.throughput.per_client]",
      ],
    ],
  },

  check({ spec }) {
    const { risks, contract } = spec;
    if (risks === undefined || contract === undefined) return [];
    const findings: RuleFinding[] = [];
    for (const { key, degrades, what, named } of cases) {
      const policy = contract.edge_cases?.[key];
      const names = risks.findIndex(({ mode }) => named.test(mode));
      const controlled = risks.some(({ controls = [] }) =>
        controls.some((control) =>
          ["contract", "contract.edge_cases", `contract.edge_cases.${key}`, "contract.edge_cases.*"].includes(
            control,
          ),
        ),
      );
      if (policy !== undefined && degrades.some((word) => word === policy) && names < 0 && !controlled) {
        findings.push({
          at: ["contract", "edge_cases", key],
          message: `When ${what} users get ${policy}, which is worse than the model's answer, but no risk of the register speaks of it.`,
          hint: `Add a risk with the control contract.edge_cases.${key}.`,
          related: [{ at: ["risks"], message: "the risk register" }],
        });
      }
      // Drift is watched and need not have a policy for each request: only the plain words count in this direction.
      if (policy === undefined && names >= 0 && key !== "out_of_distribution") {
        findings.push({
          at: ["risks", names, "mode"],
          message: `The risk ${risks[names]?.id} speaks of the case that ${what}, but the contract has no policy for it.`,
          hint: `Say in contract.edge_cases.${key} what happens then.`,
          related: [{ at: ["contract", "edge_cases"], message: "the policies for edge cases" }],
        });
      }
    }
    return findings;
  },
};
