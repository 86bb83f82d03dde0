import { suggest } from "../../../source/suggest.ts";
import type { Rule, RuleFinding } from "../rule.ts";
import { signalKeys } from "./window-rows.ts";

/**
 * An alert that reaches nobody. Where the spec says who is notified of other signals, one without an owner or with an
 * owner without an address contradicts it; a spec that notifies nobody at all just has not said it yet.
 */
export const signalNoOwner: Rule = {
  code: "MU-M306",
  slug: "signal-no-owner",
  title: "Signal that reaches nobody",
  severity: "error",
  preset: "recommended",
  section: "monitoring",
  needs: "spec",
  fix: "none",
  why: "An alert is worth what somebody does about it. A signal without an owner, or with an owner that has no address, goes off in an empty room while the spec reads as if it were watched.",
  example: {
    base: "classification",
    fails: [["window: 5m, owner: platform}", "window: 5m, owner: operations}"]],
    passes: [["window: 5m, owner: platform}", "window: 5m, owner: ml}"]],
  },

  check({ spec }) {
    const { monitoring } = spec;
    const addresses = Object.keys(monitoring?.notify ?? {});
    if (monitoring === undefined || addresses.length === 0) return [];
    const findings: RuleFinding[] = [];
    const related = [{ at: ["monitoring", "notify"], message: `addresses: ${addresses.join(", ")}` }];
    for (const key of [...signalKeys, "no_data"] as const) {
      const signal = monitoring[key];
      if (signal === undefined) continue;
      if (signal.owner === undefined) {
        findings.push({
          at: ["monitoring", key],
          mark: "key",
          message: `monitoring.${key} has no owner: of the roles that are notified none is told when it alerts.`,
          hint: "Add owner with one of the roles.",
          related,
          allowed: addresses,
        });
      } else if (!addresses.includes(signal.owner)) {
        const near = suggest(signal.owner, addresses);
        findings.push({
          at: ["monitoring", key, "owner"],
          message: `monitoring.${key} alerts ${signal.owner}, who has no address in monitoring.notify.${near === null ? "" : ` Did you mean ${near}?`}`,
          hint: `Add an address for ${signal.owner}, or name a role that has one.`,
          related,
          allowed: addresses,
        });
      }
    }
    return findings;
  },
};
