import type { Rule, RuleFinding } from "../rule.ts";
import { divergenceOf } from "./divergence.ts";
import { driftKeys } from "./window-rows.ts";

/** Distances that never exceed 1, on every scale that people use. */
const atMostOne = ["js", "total_variation", "ks", "infinity_norm"];

/** A distance is 0 when nothing changed, and some of them have an end. */
export const driftAlertUnreachable: Rule = {
  code: "MU-M318",
  slug: "drift-alert-unreachable",
  title: "Drift alert on the wrong side or out of reach",
  severity: "error",
  preset: "recommended",
  section: "monitoring",
  needs: "spec",
  fix: "none",
  why: "A divergence is 0 when nothing changed and grows with the change. An alert for low values goes off as long as all is well and is silent under drift; one at or above the largest value that the divergence can take never goes off.",
  formula: "js, total_variation, ks, infinity_norm <= 1",
  example: {
    base: "classification",
    fails: [["{metric: kl, alert_above: 0.1,", "{metric: kl, alert_below: 0.1,"]],
    passes: [["{metric: kl, alert_above: 0.1,", "{metric: kl, alert_above: 0.2,"]],
  },

  check({ spec }) {
    return driftKeys.flatMap((key): RuleFinding[] => {
      const signal = spec.monitoring?.[key];
      const divergence = signal === undefined ? null : divergenceOf(signal.metric);
      if (signal === undefined || divergence === null) return [];
      const { metric, alert_below: below, alert_above: above } = signal;
      if (below !== undefined && above === undefined) {
        return [
          {
            at: ["monitoring", key, "alert_below"],
            mark: "key",
            message: `${metric} is 0 when nothing changed: below ${below} it alerts while all is well, and is silent under drift.`,
            hint: `Write alert_above: ${below}.`,
          },
        ];
      }
      const limit = typeof above === "object" ? ("value" in above ? above.value : null) : (above ?? null);
      if (limit === null || limit < 1 || !atMostOne.includes(divergence)) return [];
      return [
        {
          at: ["monitoring", key, "alert_above"],
          message: `${metric} is at most 1: an alert above ${limit} never goes off.`,
          hint: "Write a number between 0 and 1.",
        },
      ];
    });
  },
};
