import type { Rule } from "../rule.ts";

/** The cache gives one of several answers that the model might have given, and keeps giving that one. */
export const cacheNondeterministic: Rule = {
  code: "MU-I120",
  slug: "cache-nondeterministic",
  title: "Answers that differ from call to call are cached",
  severity: "warning",
  preset: "recommended",
  section: "contract",
  needs: "spec",
  fix: "none",
  why: "Where the same request may be answered differently, a cached answer is one draw that is handed out again and again. Users meet another product when the system is slow than when it is fast.",
  example: {
    base: "classification",
    fails: [
      ["latency_exceeded: fallback", "latency_exceeded: cached"],
      ["max_difference: 0}", "max_difference: 0.1}"],
    ],
    passes: [["latency_exceeded: fallback", "latency_exceeded: cached"]],
  },

  check({ spec: { contract, problem } }) {
    const repeat = contract?.variance?.repeat;
    if (contract?.edge_cases?.latency_exceeded !== "cached" || repeat === undefined) return [];
    if (repeat.max_difference === 0) return [];
    const kind = problem === undefined ? "" : ` of this ${problem.output.replace("_", " ")}`;
    return [
      {
        at: ["contract", "edge_cases", "latency_exceeded"],
        message: `Late requests get a cached answer, but answers${kind} may differ by ${repeat.max_difference} between calls.`,
        hint: "Answer late requests by the fallback or with an error, or make the model repeat itself (max_difference: 0).",
        related: [
          {
            at: ["contract", "variance", "repeat", "max_difference"],
            message: `answers differ by up to ${repeat.max_difference}`,
          },
        ],
      },
    ];
  },
};
