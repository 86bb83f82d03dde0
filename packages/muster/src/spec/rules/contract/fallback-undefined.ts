import type { Path } from "../../places.ts";
import type { Rule } from "../rule.ts";

/** Lines that hand a request to the fallback, and no fallback. */
export const fallbackUndefined: Rule = {
  code: "MU-I116",
  slug: "fallback-undefined",
  title: "A fallback is asked for and none is defined",
  severity: "error",
  preset: "minimal",
  section: "contract",
  needs: "spec",
  fix: "none",
  why: "The two lines contradict each other: one says that the fallback answers, and there is none. It comes out in the first incident, when the caller gets nothing at all.",
  example: {
    base: "classification",
    fails: [["  fallback: {constant: {late: 0.205}}                # constant | version: <id> | rule\n", ""]],
    passes: [["fallback: {constant: {late: 0.205}}", "fallback: {version: r3}"]],
  },

  check({ spec: { contract } }) {
    if (contract === undefined || contract.fallback !== undefined) return [];
    const { edge_cases: cases, cache, outputs } = contract;
    const asking: readonly (readonly [Path, string | undefined])[] = [
      [["contract", "edge_cases", "out_of_distribution"], cases?.out_of_distribution],
      [["contract", "edge_cases", "latency_exceeded"], cases?.latency_exceeded],
      [["contract", "cache", "on_miss"], cache?.on_miss],
    ];
    return asking
      .filter(([, policy]) => policy === "fallback")
      .map(([at]) => ({
        at,
        message: `${String(at[at.length - 1])} is fallback, and the contract defines no fallback.`,
        hint: `Add fallback with a constant for ${outputs.map(({ name }) => name).join(", ")}, the id of a version, or a rule.`,
        allowed: ["fallback: {constant: ..}", "fallback: {version: ..}", "fallback: {rule: ..}"],
      }));
  },
};
