import type { Rule } from "../rule.ts";

/** A timeout under p99 turns more than one answer in a hundred into the timeout's path, by the spec's own numbers. */
export const timeoutBelowP99: Rule = {
  code: "MU-O102",
  slug: "timeout-below-p99",
  title: "Timeout below P99",
  severity: "error",
  preset: "minimal",
  section: "deployment",
  needs: "spec",
  fix: "suggestion",
  why: "An answer that takes longer than the timeout is never given. If p99 may be above the timeout, more than one call in a hundred may end on the path that was meant for accidents.",
  example: {
    base: "classification",
    fails: [["timeout: 50ms}", "timeout: 20ms}"]],
    passes: [["timeout: 50ms}", "timeout: 25ms}"]],
  },

  check({ spec }) {
    const { p99, timeout } = spec.deployment?.latency ?? {};
    if (p99 === undefined || timeout === undefined || timeout.ms >= p99.ms) return [];
    const at = ["deployment", "latency"];
    return [
      {
        at: [...at, "timeout"],
        message: `The timeout of ${timeout.text} is shorter than the p99 of ${p99.text}: more than 1 % of the calls may run into it.`,
        hint: `Raise the timeout to at least ${p99.text}, or promise a p99 of at most ${timeout.text}.`,
        related: [{ at: [...at, "p99"], message: `p99 is ${p99.text}` }],
        fix: [{ kind: "replace", path: [...at, "timeout"], yaml: p99.text }],
      },
    ];
  },
};
