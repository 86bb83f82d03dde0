import type { Rule } from "../rule.ts";

/** Half of the answers cannot be slower than the slowest of a hundred: one of the two numbers is a slip. */
export const p50AboveP99: Rule = {
  code: "MU-O101",
  slug: "p50-above-p99",
  title: "P50 above P99",
  severity: "error",
  preset: "minimal",
  section: "deployment",
  needs: "spec",
  fix: "suggestion",
  why: "A higher percentile is never less than a lower one. With p50 above p99 the promise of p50 says nothing, or the two were swapped and both are wrong.",
  example: {
    base: "classification",
    fails: [["p50: 5ms, p99: 25ms", "p50: 25ms, p99: 5ms"]],
    passes: [["p50: 5ms, p99: 25ms", "p50: 25ms, p99: 25ms"]],
  },

  check({ spec }) {
    const { p50, p99 } = spec.deployment?.latency ?? {};
    if (p50 === undefined || p99 === undefined || p50.ms <= p99.ms) return [];
    const at = ["deployment", "latency"];
    return [
      {
        at: [...at, "p50"],
        message: `Half of the answers are to take at most ${p50.text}, but 99 of 100 at most ${p99.text}: p50 cannot be above p99.`,
        hint: "Swap the two, or mend the one that is a slip.",
        related: [{ at: [...at, "p99"], message: `p99 is ${p99.text}` }],
        fix: [
          { kind: "replace", path: [...at, "p50"], yaml: p99.text },
          { kind: "replace", path: [...at, "p99"], yaml: p50.text },
        ],
      },
    ];
  },
};
