import type { Rule } from "../rule.ts";

/** With no replica running the next caller waits for a start; at low traffic that is more than one in a hundred. */
export const scaleToZeroVsP99: Rule = {
  code: "MU-O107",
  slug: "scale-to-zero-vs-p99",
  title: "Scale to zero against P99",
  severity: "error",
  preset: "recommended",
  section: "deployment",
  needs: "spec",
  fix: "suggestion",
  why: "While nobody asks, no replica runs, and the next caller waits until one is started and has loaded the model. When traffic is low that happens to more than one call in a hundred, so p99 is the cold start.",
  example: {
    base: "classification",
    fails: [
      ["  versioning:", "  replicas: {min: 0, max: 4}\n  versioning:"],
      ["memory: 1GiB,", "memory: 1GiB, load_time: 20s,"],
    ],
    passes: [
      ["  versioning:", "  replicas: {min: 1, max: 4}\n  versioning:"],
      ["memory: 1GiB,", "memory: 1GiB, load_time: 20s,"],
    ],
  },

  check({ spec }) {
    const { replicas, latency, infrastructure } = spec.deployment ?? {};
    if (replicas?.min?.value !== 0 || latency?.p99 === undefined) return [];
    const load = infrastructure?.load_time;
    if (load === undefined)
      return { skipped: "how long a cold start takes is not given (infrastructure.load_time)" };
    if (load.ms <= latency.p99.ms) return [];
    return [
      {
        at: ["deployment", "replicas", "min"],
        message: `With no replica running a caller waits ${load.text} for a start, but 99 of 100 answers are to take at most ${latency.p99.text}.`,
        hint: "Keep at least one replica running, or promise the p99 of a cold start.",
        related: [
          { at: ["deployment", "latency", "p99"], message: `p99 is ${latency.p99.text}` },
          {
            at: ["deployment", "infrastructure", "load_time"],
            message: `the first answer comes after ${load.text}`,
          },
        ],
        fix: [{ kind: "replace", path: ["deployment", "replicas", "min"], yaml: "1" }],
      },
    ];
  },
};
