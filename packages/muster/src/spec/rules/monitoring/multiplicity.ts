import type { Spec } from "../../spec.ts";
import type { Rule } from "../rule.ts";
import { signalKeys } from "./window-rows.ts";

const weekMs = 7 * 86_400_000;

/** Rare false alerts of each window add up over signals and windows. */
export const multiplicity: Rule = {
  code: "MU-M314",
  slug: "multiplicity",
  title: "More false alerts than are borne",
  severity: "warning",
  preset: "recommended",
  section: "monitoring",
  needs: "spec",
  fix: "suggestion",
  why: "One false alert in a hundred windows sounds rare. With a window every few minutes and several signals it is a page a day, and people stop reading them.",
  formula: "sum over the signals of 7d / window, times each <= per_week",
  example: {
    base: "classification",
    fails: [["  notify:\n", "  false_alerts: {each: 1%, per_week: 2}\n  notify:\n"]],
    passes: [["  notify:\n", "  false_alerts: {each: 0.01%, per_week: 2}\n  notify:\n"]],
  },

  check({ spec }) {
    const given = spec.monitoring?.false_alerts;
    if (given === undefined) return [];
    const { windows, expected, words } = expectedAlerts(spec, given.each.value);
    if (windows === 0 || expected <= given.per_week) return [];
    const each = roundedDown((100 * given.per_week) / windows);
    return [
      {
        at: ["monitoring", "false_alerts", "each"],
        message: `${windows} windows a week (${words}) with ${given.each.text} false alerts each are ${Number(expected.toPrecision(3))} a week, not ${given.per_week}.`,
        hint: "Alert on rarer values, take longer windows, or say how many false alerts are really borne.",
        related: [
          { at: ["monitoring", "false_alerts", "per_week"], message: `${given.per_week} a week are borne` },
        ],
        ...(each > 0
          ? { fix: [{ kind: "replace", path: ["monitoring", "false_alerts", "each"], yaml: `${each}%` }] }
          : {}),
      },
    ];
  },

  explain({ spec }) {
    const given = spec.monitoring?.false_alerts;
    if (given === undefined) return null;
    const { windows, expected, words } = expectedAlerts(spec, given.each.value);
    return `${words}: ${windows} windows x ${given.each.text} = ${Number(expected.toPrecision(3))} a week; ${given.per_week} are borne`;
  },
};

/** Two significant digits, never more than the value: a suggestion that is rounded up would not be borne. */
function roundedDown(value: number): number {
  const step = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.floor(value / step) * step).toPrecision(2));
}

function expectedAlerts(spec: Spec, each: number): { windows: number; expected: number; words: string } {
  const signals = signalKeys.flatMap((key) => {
    const signal = spec.monitoring?.[key];
    return signal === undefined
      ? []
      : [{ key, windows: Math.round((weekMs / signal.window.ms) * 100) / 100 }];
  });
  const windows = signals.reduce((sum, s) => sum + s.windows, 0);
  return {
    windows,
    expected: windows * each,
    words: signals.map((s) => `${s.key} ${s.windows}`).join(", "),
  };
}
