import type { Rule, RuleFinding } from "../rule.ts";

const plain = (name: string): string => name.trim().toLowerCase();

/** Only where the spec itself says what the fallback needs: a system whose slowness or loss is what calls for it. */
export const fallbackSameDependency: Rule = {
  code: "MU-I119",
  slug: "fallback-same-dependency",
  title: "The fallback needs what has just failed",
  severity: "error",
  preset: "minimal",
  section: "contract",
  needs: "spec",
  fix: "none",
  why: "A fallback is for the time when something is gone. If it needs the same system as the model, both fail together, and the fallback is no second chance.",
  example: {
    base: "classification",
    fails: [
      [
        "fallback: {constant: {late: 0.205}}",
        "fallback: {rule: The late rate of the route, needs: [routes]}",
      ],
    ],
    passes: [
      ["fallback: {constant: {late: 0.205}}", "fallback: {rule: The late rate of the hour, needs: [clock]}"],
    ],
  },

  check({ spec: { contract } }) {
    const needs = contract?.fallback?.needs ?? [];
    const cases = contract?.edge_cases;
    // A request that is odd reaches the fallback with all systems up; one that is late, or that missed the cache, does not.
    const late = cases?.latency_exceeded;
    if (contract === undefined || (late !== "fallback" && late !== "cached")) return [];
    return needs.flatMap((need, i): RuleFinding[] => {
      const k = contract.inputs.findIndex(({ source }) => {
        const [system, field] = [source?.split(".")[0], source];
        return [system, field].some((each) => each !== undefined && plain(each) === plain(need));
      });
      const input = contract.inputs[k];
      if (input === undefined) return [];
      return [
        {
          at: ["contract", "fallback", "needs", i],
          message: `The fallback needs ${need}, and so does the model's input ${input.name}: when ${need} is slow or gone, both are.`,
          hint: "Let the fallback do without it (a constant, a copy kept at hand).",
          related: [
            { at: ["contract", "inputs", k, "source"], message: `${input.name} comes from ${input.source}` },
            {
              at: ["contract", "edge_cases", "latency_exceeded"],
              message: "called for when an answer is late",
            },
          ],
        },
      ];
    });
  },
};
