import type { Rule } from "../rule.ts";
import { signalKeys } from "./window-rows.ts";

/** No request, no alert: a broken pipe looks like a good week. */
export const noDataIsGreen: Rule = {
  code: "MU-M315",
  slug: "no-data-is-green",
  title: "Silence counts as health",
  severity: "warning",
  preset: "strict",
  section: "monitoring",
  needs: "spec",
  fix: "suggestion",
  why: "Signals speak about the rows that arrive. When none arrive, because a client or the pipe to the monitor is broken, nothing is above any limit, and the dashboard is green.",
  example: {
    base: "classification",
    fails: [["  no_data:          {after: 15m, owner: platform}\n", ""]],
    passes: [["{after: 15m, owner: platform}", "{after: 30m, owner: platform}"]],
  },

  check({ spec }) {
    const { monitoring } = spec;
    if (monitoring === undefined || monitoring.no_data !== undefined) return [];
    const signals = signalKeys.filter((key) => monitoring[key] !== undefined);
    if (signals.length === 0) return [];
    const owner = monitoring.latency?.owner;
    return [
      {
        at: ["monitoring"],
        mark: "key",
        message: `When no request arrives ${signals.join(", ")} ${signals.length === 1 ? "stays" : "stay"} silent, and nothing else says so.`,
        hint: "Add no_data with the time after which silence is an alert.",
        fix: [
          {
            kind: "add",
            path: ["monitoring"],
            key: "no_data",
            yaml: `{after: 15m${owner === undefined ? "" : `, owner: ${owner}`}}`,
          },
        ],
      },
    ];
  },
};
