import type { Rule } from "../rule.ts";
import { divergenceOf } from "./divergence.ts";
import { driftKeys } from "./window-rows.ts";

/** One empty bin makes KL and PSI infinite; half a row in each bin (H. Jeffreys' prior) does not move the rest. */
export const zeroBinPolicy: Rule = {
  code: "MU-M313",
  slug: "zero-bin-policy",
  title: "Divergence without smoothing",
  severity: "error",
  preset: "recommended",
  section: "monitoring",
  needs: "spec",
  fix: "safe",
  why: "KL and PSI take the logarithm of a ratio of shares. A value that the reference never had, or that a window lacks, makes the ratio zero or infinite, and one single row turns the alert on.",
  example: {
    base: "classification",
    fails: [["{metric: kl, alert_above: 0.1,", "{metric: kl, smoothing: 0, alert_above: 0.1,"]],
    passes: [["{metric: kl, alert_above: 0.1,", "{metric: kl, smoothing: 0.5, alert_above: 0.1,"]],
  },

  check({ spec }) {
    return driftKeys.flatMap((key) => {
      const signal = spec.monitoring?.[key];
      const kind = signal === undefined ? null : divergenceOf(signal.metric);
      if (signal?.smoothing !== 0 || (kind !== "kl" && kind !== "psi")) return [];
      const path = ["monitoring", key, "smoothing"];
      return [
        {
          at: path,
          message: `Without smoothing ${signal.metric} is infinite as soon as one bin is empty.`,
          hint: "Add half a row to every bin.",
          related: [{ at: ["monitoring", key, "metric"], message: `the metric is ${signal.metric}` }],
          fix: [{ kind: "replace" as const, path, yaml: "0.5" }],
        },
      ];
    });
  },
};
