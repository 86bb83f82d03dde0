import type { Rule, RuleFinding } from "../rule.ts";
import { driftKeys } from "./window-rows.ts";

/** A trigger that waits for a signal that nobody computes never fires. */
export const triggerWithoutSignal: Rule = {
  code: "MU-M309",
  slug: "trigger-without-signal",
  title: "Retraining waits for no signal",
  severity: "error",
  preset: "recommended",
  section: "monitoring",
  needs: "spec",
  fix: "none",
  why: "A retraining that starts on drift or on performance starts when that signal alerts. If monitoring does not have the signal, the trigger never fires, and the model ages as if there were none.",
  example: {
    base: "classification",
    fails: [
      ["  prediction_drift: {metric: total_variation, alert_above: 5%, window: 7d, owner: ml}\n", ""],
      ["drift: input_drift,", "drift: prediction_drift,"],
    ],
    passes: [["drift: input_drift,", "drift: prediction_drift,"]],
  },

  check({ spec }) {
    const { monitoring } = spec;
    const triggers = spec.retraining?.triggers;
    const findings: RuleFinding[] = [];
    const related =
      monitoring === undefined ? {} : { related: [{ at: ["monitoring"], message: "the signals" }] };
    const drift = driftKeys.find((key) => key === triggers?.drift);
    if (drift !== undefined && monitoring?.[drift] === undefined) {
      const known = driftKeys.filter((key) => monitoring?.[key] !== undefined);
      findings.push({
        at: ["retraining", "triggers", "drift"],
        message: `Retraining starts when ${drift} alerts, but monitoring has no ${drift}: it never starts so.`,
        hint: `Add monitoring.${drift}, or name a signal that is there.`,
        ...related,
        ...(known.length === 0 ? {} : { allowed: known }),
      });
    }
    if (triggers?.performance === true && monitoring?.performance === undefined) {
      findings.push({
        at: ["retraining", "triggers", "performance"],
        message:
          "Retraining starts when the performance alerts, but monitoring has no performance: it never starts so.",
        hint: "Add monitoring.performance, or take the trigger away.",
        ...related,
      });
    }
    return findings;
  },
};
