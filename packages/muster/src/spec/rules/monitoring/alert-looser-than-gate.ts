import type { Spec } from "../../spec.ts";
import type { Rule, RuleFinding } from "../rule.ts";
import { gateAndAlert } from "./gate-and-alert.ts";
import { latencyAlertLooser } from "./promise-and-latency-alert.ts";

const slack = 0.1;

/**
 * Some slack between gate and alert is sound: a window has fewer rows than the evaluation. More than a tenth of the gate, or for
 * shares more than twice the distance to 1, is a promise broken in silence, unless somebody says why.
 */
export const alertLooserThanGate: Rule = {
  code: "MU-M304",
  slug: "alert-looser-than-gate",
  title: "Alert far looser than the gate",
  severity: "error",
  preset: "recommended",
  section: "monitoring",
  needs: "spec",
  fix: "none",
  mirror: "MU-M305",
  why: "Between the gate, or a promised latency, and the alert lies a stretch in which the promise is broken, yet nobody is told. A little of it absorbs chance; a wide one means that the promise holds on the day of the release only.",
  formula:
    "|gate - alert| <= 0.1 x |gate|, and for a metric up to 1: (1 - alert) <= 2 x (1 - gate); alert <= 1.1 x promised latency; or looser_because is given",
  example: {
    base: "classification",
    fails: [["alert_below: 0.63, window", "alert_below: 0.55, window"]],
    passes: [
      [
        "alert_below: 0.63, window",
        'alert_below: 0.55, looser_because: "Labels of the first days are late ones", window',
      ],
    ],
  },

  check: ({ spec }) => [...performance(spec), ...latencyAlertLooser(spec)],
};

function performance(spec: Spec): readonly RuleFinding[] {
  const found = gateAndAlert(spec);
  if (found === null || found.signal.looser_because !== undefined) return [];
  const { primary, more, gate, alert } = found;
  const related = [
    {
      at: ["evaluation", "primary", more ? "at_least" : "at_most"],
      message: `the gate: ${primary.metric} ${more ? "at least" : "at most"} ${gate}`,
    },
  ];
  if (alert === null) {
    const wrong = more ? "alert_above" : "alert_below";
    return [
      {
        at: ["monitoring", "performance", wrong],
        message: `The gate asks for a ${primary.metric} of at ${more ? "least" : "most"} ${gate}, but the alert is only for ${more ? "high" : "low"} values: it goes off when the model is good and is silent when it fails.`,
        hint: `Write ${more ? "alert_below" : "alert_above"}.`,
        related,
      },
    ];
  }
  const gap = more ? gate - alert : alert - gate;
  const share = more && gate > 0.5 && gate < 1 && alert <= 1;
  const doubled = share && 1 - alert > 2 * (1 - gate) * (1 + 1e-9);
  if (gap <= slack * Math.abs(gate) * (1 + 1e-9) && !doubled) return [];
  const errors = doubled ? `, ${Number(((1 - alert) / (1 - gate)).toPrecision(2))} times as far from 1` : "";
  return [
    {
      at: ["monitoring", "performance", more ? "alert_below" : "alert_above"],
      message: `The model ships with a ${primary.metric} of at ${more ? "least" : "most"} ${gate}, but nobody is told before it is ${more ? "below" : "above"} ${alert}${errors}.`,
      hint: "Alert nearer to the gate, or say in looser_because why not.",
      related,
    },
  ];
}
