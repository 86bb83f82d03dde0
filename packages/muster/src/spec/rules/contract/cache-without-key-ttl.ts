import type { ContractSection } from "../../contract-section.ts";
import type { Rule, RuleFinding } from "../rule.ts";

/**
 * Without a key, all inputs together are it, which is safe. A key that is written down has to hold what an answer depends
 * on, and what is not in it must not be fresher than the answers that are kept.
 */
export const cacheWithoutKeyTtl: Rule = {
  code: "MU-I121",
  slug: "cache-without-key-ttl",
  title: "The cache gives the answer to another request",
  severity: "error",
  preset: "minimal",
  section: "contract",
  needs: "spec",
  fix: "none",
  why: "Two requests that differ in an input outside of the key get the same answer, so one of them gets the wrong person's. An answer that is kept longer than its data is fresh is wrong for everybody.",
  example: {
    base: "classification",
    fails: [
      ["latency_exceeded: fallback", "latency_exceeded: cached"],
      ["  fallback: {constant", "  cache: {key: [origin, destination], ttl: 10m}\n  fallback: {constant"],
    ],
    passes: [
      ["latency_exceeded: fallback", "latency_exceeded: cached"],
      [
        "  fallback: {constant",
        "  cache: {key: [origin, destination, departure, distance], ttl: 10m}\n  fallback: {constant",
      ],
    ],
  },

  check({ spec: { contract, data } }) {
    if (contract?.cache === undefined) return [];
    const found = keyFindings(contract);
    const { ttl } = contract.cache;
    const fresh = data?.requirements?.freshness;
    if (ttl !== undefined && fresh !== undefined && ttl.ms > fresh.ms) {
      found.push({
        at: ["contract", "cache", "ttl"],
        message: `Answers are kept for ${ttl.text}, while the training data may be ${fresh.text} old: an answer outlives the model that gave it.`,
        hint: `Keep answers for less than ${fresh.text}.`,
        related: [{ at: ["data", "requirements", "freshness"], message: `${fresh.text} here` }],
      });
    }
    return found;
  },
};

function keyFindings({ inputs, cache }: ContractSection): RuleFinding[] {
  const { key, ttl } = cache ?? {};
  if (key === undefined) return [];
  return inputs.flatMap(({ name, required, staleness }, i): RuleFinding[] => {
    if (key.includes(name)) return [];
    if (required) {
      return [
        {
          at: ["contract", "cache", "key"],
          message: `The cache's key leaves out ${name}, which every request has: requests that differ in it get each other's answers.`,
          hint: `Add ${name} to the key, or leave the key out: all inputs together are it then.`,
          related: [{ at: ["contract", "inputs", i, "required"], message: `${name} is required` }],
        },
      ];
    }
    if (ttl === undefined || staleness === undefined || ttl.ms <= staleness.ms) return [];
    return [
      {
        at: ["contract", "cache", "ttl"],
        message: `Answers are kept for ${ttl.text}, while ${name}, which is not in the key, may be ${staleness.text} old at most.`,
        hint: `Add ${name} to the key, or keep answers for ${staleness.text} at most.`,
        related: [{ at: ["contract", "inputs", i, "staleness"], message: `${staleness.text} here` }],
      },
    ];
  });
}
