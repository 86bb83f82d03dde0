import type { MonitoringSection } from "../../monitoring-section.ts";
import type { Duration } from "../../quantity.ts";
import type { Rule } from "../rule.ts";

/** A failure lasts from its start, not from the alert: what is promised has to contain the time until the alert. */
export const mttrHidesDetection: Rule = {
  code: "MU-O112",
  slug: "mttr-hides-detection",
  title: "Recovery time without detection",
  severity: "warning",
  preset: "recommended",
  section: "risks",
  needs: "spec",
  fix: "none",
  why: "Users suffer from the start of a failure, and nobody goes back before it is noticed. A signal speaks once its window is full and the labels are there, so the true exposure is that time and the rollback together.",
  formula: "the quickest signal's labels_after + window, + rollback.within <= contained_within",
  example: {
    base: "classification",
    fails: [
      [
        "controls: [contract.outputs.late.surface_above]",
        "controls: [deployment.rollback, monitoring.prediction_drift]\n    contained_within: 10m",
      ],
    ],
    passes: [
      [
        "controls: [contract.outputs.late.surface_above]",
        "controls: [deployment.rollback, monitoring.prediction_drift]\n    contained_within: 8d",
      ],
    ],
  },

  check({ spec }) {
    const rollback = spec.deployment?.rollback;
    return (spec.risks ?? []).flatMap(({ mode, controls = [], contained_within: promised }, i) => {
      if (promised === undefined || rollback === undefined) return [];
      if (!controls.some((control) => /^deployment\.rollback(\.|$)/.test(control))) return [];
      const quickest = controls
        .flatMap((control) => {
          const key = /^monitoring\.(\w+)/.exec(control)?.[1];
          const detection = key === undefined ? null : detectionOf(spec.monitoring, key);
          return key === undefined || detection === null ? [] : [{ key, ...detection }];
        })
        .sort((a, b) => a.ms - b.ms)[0];
      if (quickest === undefined) return [];
      const total = quickest.ms + rollback.within.ms;
      if (total <= promised.ms) return [];
      return [
        {
          at: ["risks", i, "contained_within"],
          message: `${mode} is to last at most ${promised.text}, but monitoring.${quickest.key} speaks after ${quickest.words} and the rollback takes ${rollback.within.text} more.`,
          hint: "Promise the whole time from the start of the failure, or watch it with a quicker signal.",
          related: [
            { at: ["monitoring", quickest.key], message: `it is noticed after ${quickest.words}` },
            {
              at: ["deployment", "rollback", "within"],
              message: `the rollback takes ${rollback.within.text}`,
            },
          ],
        },
      ];
    });
  },
};

function detectionOf(
  monitoring: MonitoringSection | undefined,
  key: string,
): { ms: number; words: string } | null {
  if (monitoring === undefined) return null;
  if (key === "no_data") return timeOf([monitoring.no_data?.after]);
  if (key !== "performance" && key !== "input_drift" && key !== "prediction_drift" && key !== "latency")
    return null;
  const signal = monitoring[key];
  return timeOf([signal?.window, signal?.labels_after]);
}

function timeOf(parts: readonly (Duration | undefined)[]): { ms: number; words: string } | null {
  const given = parts.filter((part) => part !== undefined);
  if (given.length === 0) return null;
  return {
    ms: given.reduce((sum, { ms }) => sum + ms, 0),
    words: given.map(({ text }) => text).join(" + "),
  };
}
