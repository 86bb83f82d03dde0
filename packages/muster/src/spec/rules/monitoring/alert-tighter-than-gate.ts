import type { Spec } from "../../spec.ts";
import type { Rule, RuleFinding } from "../rule.ts";
import { gateAndAlert } from "./gate-and-alert.ts";
import { latencyAlertTighter } from "./promise-and-latency-alert.ts";

/** What was good enough to ship alerts from the first minute. */
export const alertTighterThanGate: Rule = {
  code: "MU-M305",
  slug: "alert-tighter-than-gate",
  title: "Alert tighter than the gate",
  severity: "warning",
  preset: "recommended",
  section: "monitoring",
  needs: "spec",
  fix: "suggestion",
  mirror: "MU-M304",
  why: "A model that just meets the gate may ship, and then alerts at once. Either the gate is too low for what production needs, or the alert pages people for what was agreed to be good enough. The same holds for a latency alert well under the promised latency.",
  example: {
    base: "classification",
    fails: [["alert_below: 0.63, window", "alert_below: 0.68, window"]],
    passes: [["alert_below: 0.63, window", "alert_below: 0.65, window"]],
  },

  check: ({ spec }) => [...performance(spec), ...latencyAlertTighter(spec)],
};

function performance(spec: Spec): readonly RuleFinding[] {
  const found = gateAndAlert(spec);
  if (found?.alert == null) return [];
  const { primary, more, gate, alert } = found;
  if (more ? alert <= gate : alert >= gate) return [];
  const path = ["monitoring", "performance", more ? "alert_below" : "alert_above"];
  return [
    {
      at: path,
      message: `A model with a ${primary.metric} of ${gate} may ship, and alerts at once: the alert is ${more ? "below" : "above"} ${alert}.`,
      hint: `Alert ${more ? "below" : "above"} ${gate} at the ${more ? "most" : "least"}, or raise the gate of the release.`,
      related: [
        {
          at: ["evaluation", "primary", more ? "at_least" : "at_most"],
          message: `the gate: ${primary.metric} ${more ? "at least" : "at most"} ${gate}`,
        },
      ],
      fix: [{ kind: "replace", path, yaml: String(gate) }],
    },
  ];
}
