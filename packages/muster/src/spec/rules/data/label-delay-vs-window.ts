import type { Path } from "../../places.ts";
import type { Duration } from "../../quantity.ts";
import type { Spec } from "../../spec.ts";
import type { Rule } from "../rule.ts";

/** Lines that a label has to be there for, and what happens when it is not. */
function waiting(spec: Spec): readonly { at: Path; until: Duration; because: string; hint: string }[] {
  const labelsAfter = spec.monitoring?.performance?.labels_after;
  const freshness = spec.data?.requirements?.freshness;
  const older = spec.retraining?.triggers?.data_older_than;
  return [
    ...(labelsAfter === undefined
      ? []
      : [
          {
            at: ["monitoring", "performance", "labels_after"],
            until: labelsAfter,
            because: `the performance signal counts on it after ${labelsAfter.text}`,
            hint: "Let labels_after be at least the delay.",
          },
        ]),
    ...(freshness === undefined
      ? []
      : [
          {
            at: ["data", "requirements", "freshness"],
            until: freshness,
            because: `the newest labelled row may be only ${freshness.text} old`,
            hint: "Allow at least the delay.",
          },
        ]),
    ...(older === undefined
      ? []
      : [
          {
            at: ["retraining", "triggers", "data_older_than"],
            until: older,
            because: `data older than ${older.text} triggers a retraining, which finds no newer labels`,
            hint: "Allow at least the delay.",
          },
        ]),
  ];
}

/** A truth that comes later than it is needed makes a line that nothing can keep. */
export const labelDelayVsWindow: Rule = {
  code: "MU-D106",
  slug: "label-delay-vs-window",
  title: "Labels come later than they are needed",
  severity: "error",
  preset: "recommended",
  section: "data",
  needs: "spec",
  fix: "none",
  why: "Performance can be measured, and a model retrained, only on rows whose truth is known. A window that closes before the labels arrive is judged on none, or on the few quick ones, which are not like the others.",
  formula: "label delay <= labels_after, freshness, data_older_than",
  example: {
    base: "classification",
    fails: [["positive: 1, verified_by", "positive: 1, delay: 3d, verified_by"]],
    passes: [["positive: 1, verified_by", "positive: 1, delay: 12h, verified_by"]],
  },
  check({ spec }) {
    const delay = spec.data?.label?.delay;
    if (delay === undefined) return [];
    return waiting(spec)
      .filter(({ until }) => delay.ms > until.ms)
      .map(({ at, because, hint }) => ({
        at,
        message: `The truth is known ${delay.text} after the prediction, but ${because}.`,
        hint,
        related: [{ at: ["data", "label", "delay"], message: `labels take ${delay.text}` }],
      }));
  },
};
