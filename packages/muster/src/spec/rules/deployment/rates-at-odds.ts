import type { Rule, RuleFinding } from "../rule.ts";

/** A burst is more than the peak, and one client is less than all of them. */
export const ratesAtOdds: Rule = {
  code: "MU-O119",
  slug: "rates-at-odds",
  title: "Rates that contradict each other",
  severity: "error",
  preset: "recommended",
  section: "deployment",
  needs: "spec",
  fix: "none",
  why: "The peak is borne for as long as it lasts, a burst is what comes on top for a while. A burst below the peak is none, so one of the two was mistyped. A limit for one client above everything that the service bears never holds a client back.",
  formula: "burst.rate >= peak; per_client <= max(peak, burst.rate)",
  example: {
    base: "classification",
    fails: [["burst: {rate: 1000/s", "burst: {rate: 100/s"]],
    passes: [["burst: {rate: 1000/s", "burst: {rate: 500/s"]],
  },

  check({ spec }) {
    const { peak, burst, per_client: client } = spec.deployment?.throughput ?? {};
    if (peak === undefined) return [];
    const at = ["deployment", "throughput"];
    const found: RuleFinding[] = [];
    if (burst !== undefined && burst.rate.perSecond < peak.perSecond * (1 - 1e-9)) {
      found.push({
        at: [...at, "burst", "rate"],
        message: `The burst of ${burst.rate.text} is below the peak of ${peak.text}, which is borne all the time.`,
        hint: `Write a burst above ${peak.text}, or a lower peak.`,
        related: [{ at: [...at, "peak"], message: `the peak is ${peak.text}` }],
      });
    }
    const most = burst !== undefined && burst.rate.perSecond > peak.perSecond ? burst.rate : peak;
    if (client !== undefined && client.perSecond > most.perSecond * (1 + 1e-9)) {
      found.push({
        at: [...at, "per_client"],
        message: `One client may send ${client.text}, more than the ${most.text} that are borne of all clients together.`,
        hint: `Write a limit well under ${most.text}.`,
        related: [
          most === peak
            ? { at: [...at, "peak"], message: `the peak is ${peak.text}` }
            : { at: [...at, "burst", "rate"], message: `a burst has ${most.text}` },
        ],
      });
    }
    return found;
  },
};
