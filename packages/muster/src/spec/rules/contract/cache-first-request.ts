import type { Rule } from "../rule.ts";

/** A cache is empty at first. What late callers get then has to be said, or the promise cannot be kept to them. */
export const cacheFirstRequest: Rule = {
  code: "MU-I122",
  slug: "cache-first-request",
  title: "Nothing answers the first request",
  severity: "error",
  preset: "minimal",
  section: "contract",
  needs: "spec",
  fix: "suggestion",
  why: "After each start, and for each request never seen before, there is no cached answer. If the cache is the only policy, those callers get nothing, and slow starts are when requests are late.",
  example: {
    base: "generation",
    fails: [["latency_exceeded: error}", "latency_exceeded: cached}"]],
    passes: [["latency_exceeded: error}", "latency_exceeded: cached}\n  cache: {ttl: 1h, on_miss: error}"]],
  },

  check({ spec: { contract } }) {
    if (contract?.edge_cases?.latency_exceeded !== "cached") return [];
    if (contract.fallback !== undefined || contract.cache?.on_miss !== undefined) return [];
    return [
      {
        at: ["contract", "edge_cases", "latency_exceeded"],
        message:
          "Late requests get a cached answer, and nothing says what those get that no answer is kept for.",
        hint: "Define a fallback, or say cache: {on_miss: error}.",
        allowed: ["cache: {on_miss: fallback}", "cache: {on_miss: error}"],
        fix: [
          contract.cache === undefined
            ? { kind: "add", path: ["contract"], key: "cache", yaml: "{on_miss: error}" }
            : { kind: "add", path: ["contract", "cache"], key: "on_miss", yaml: "error" },
        ],
      },
    ];
  },
};
