import type { Rule, RuleFinding } from "../rule.ts";
import { divergenceOf } from "./divergence.ts";
import { driftKeys, mostWindowRows } from "./window-rows.ts";

const rowsABin = 5;

/** A window has to hold enough rows for its number to mean something. */
export const windowTooSmall: Rule = {
  code: "MU-M303",
  slug: "window-too-small",
  title: "Window of too few rows",
  severity: "warning",
  preset: "recommended",
  section: "monitoring",
  needs: "spec",
  fix: "none",
  why: "Bins with fewer than about five expected rows make a divergence jump at random, and the p99 of fewer than a hundred requests is just the slowest of them. Such a window alerts on luck.",
  formula: "peak x window >= 5 x bins; for a latency percentile q: peak x window >= 1 / (1 - q)",
  example: {
    base: "classification",
    fails: [["{metric: kl, alert_above: 0.1,", "{metric: kl, alert_above: 2, bins: 20, min_rows: 50,"]],
    passes: [["{metric: kl, alert_above: 0.1,", "{metric: kl, alert_above: 2, bins: 20, min_rows: 100,"]],
  },

  check({ spec }) {
    const findings: RuleFinding[] = [];
    const peak = spec.deployment?.throughput?.peak;
    const peakLine =
      peak === undefined
        ? []
        : [{ at: ["deployment", "throughput", "peak"], message: `the peak is ${peak.text}` }];
    for (const key of driftKeys) {
      const signal = spec.monitoring?.[key];
      if (signal?.bins === undefined || divergenceOf(signal.metric) === null) continue;
      const needed = rowsABin * signal.bins.value;
      const most = mostWindowRows(spec, signal);
      const binsLine = { at: ["monitoring", key, "bins"], message: `${signal.bins.text} bins` };
      if (most !== null && most < needed) {
        findings.push({
          at: ["monitoring", key, "window"],
          message: `Even at the peak of ${peak?.text} a window of ${signal.window.text} holds ${most} rows; ${signal.bins.text} bins need about ${needed}.`,
          hint: "Take a longer window or fewer bins.",
          related: [binsLine, ...peakLine],
        });
      } else if (signal.min_rows !== undefined && signal.min_rows.value < needed) {
        findings.push({
          at: ["monitoring", key, "min_rows"],
          message: `A window is judged from ${signal.min_rows.text} rows on, but ${signal.bins.text} bins need about ${needed}.`,
          hint: `Judge from ${needed} rows on, or take fewer bins.`,
          related: [binsLine],
        });
      }
    }
    const latency = spec.monitoring?.latency;
    const share = latency === undefined ? null : percentileOf(latency.metric);
    const most = latency === undefined ? null : mostWindowRows(spec, latency);
    if (latency !== undefined && share !== null && most !== null) {
      const needed = Math.ceil(1 / (1 - share) - 1e-9);
      if (most < needed) {
        findings.push({
          at: ["monitoring", "latency", "window"],
          message: `Even at the peak of ${peak?.text} a window of ${latency.window.text} holds ${most} requests: their ${latency.metric} is the slowest of them.`,
          hint: `Take a window of at least ${needed} requests.`,
          related: peakLine,
        });
      }
    }
    return findings;
  },
};

/** `p99` is 0.99, `p999` and `p99.9` are 0.999; null for what is no percentile. */
function percentileOf(metric: string): number | null {
  const digits = /^p(\d{2,4}(?:\.\d{1,2})?)$/i.exec(metric)?.[1]?.replace(".", "");
  const share = digits === undefined ? Number.NaN : Number(`0.${digits}`);
  return share > 0 && share < 1 ? share : null;
}
