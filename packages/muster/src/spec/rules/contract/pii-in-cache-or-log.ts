import type { Rule, RuleFinding } from "../rule.ts";

/** Personal data is told by the author (pii: true); a name is no proof, so names are not guessed at. */
export const piiInCacheOrLog: Rule = {
  code: "MU-I123",
  slug: "pii-in-cache-or-log",
  title: "Personal data is kept without an end",
  severity: "error",
  preset: "minimal",
  section: "contract",
  needs: "spec",
  fix: "none",
  why: "Keys of a cache and lines of a log outlive the request by a long way and are read by people who have no business with them. The law asks for a purpose and an end for each copy of personal data.",
  example: {
    base: "classification",
    fails: [
      ["{name: origin,      type: string,", "{name: origin,      type: string, pii: true,"],
      ["log: {survives: crash, retain: 90d, redact: []}", "log: {survives: crash, redact: []}"],
    ],
    passes: [
      ["{name: origin,      type: string,", "{name: origin,      type: string, pii: true,"],
      ["log: {survives: crash, retain: 90d, redact: []}", "log: {survives: crash, redact: [origin]}"],
    ],
  },

  check({ spec: { contract, deployment } }) {
    const log = deployment?.log;
    const key = contract?.cache?.key;
    return (contract?.inputs ?? []).flatMap(({ name, pii }, i): RuleFinding[] => {
      if (pii !== true) return [];
      const found: RuleFinding[] = [];
      const related = [{ at: ["contract", "inputs", i, "pii"], message: `${name} is personal data` }];
      const k = key?.indexOf(name) ?? -1;
      if (k !== -1) {
        found.push({
          at: ["contract", "cache", "key", k],
          message: `${name} is personal data, and the cache keeps it as a part of its keys.`,
          hint: `Send a pseudonym in place of ${name}, or answer late requests by the fallback.`,
          related,
        });
      }
      if (log !== undefined && log.retain === undefined && !(log.redact ?? []).includes(name)) {
        found.push({
          at: ["deployment", "log"],
          mark: "key",
          message: `${name} is personal data and is written to the log, which says nothing of how long it is kept.`,
          hint: `Add retain, or add ${name} to redact.`,
          related,
        });
      }
      return found;
    });
  },
};
