import { durationText } from "../../duration-text.ts";
import { scheduleGaps } from "../../schedule-gaps.ts";
import type { Rule, RuleFinding } from "../rule.ts";

/** Between two trainings there have to be new labels, and no data may pass its own promised age unlearned. */
export const retrainFasterThanLabels: Rule = {
  code: "MU-M311",
  slug: "retrain-faster-than-labels",
  title: "Retraining out of step with the data",
  severity: "warning",
  preset: "recommended",
  section: "monitoring",
  needs: "spec",
  fix: "none",
  why: "A training that starts before the labels of the last answers are known learns what the one before it learned. A schedule inside the cooldown is mostly ignored, and one that starts only after the data is older than promised lets the model rot in between.",
  formula:
    "labels_after and label.delay <= interval of the schedule (or cooldown, if longer); data_older_than or the interval <= freshness; cooldown <= interval of the schedule",
  example: {
    base: "classification",
    fails: [["labels_after: 1d", "labels_after: 45d"]],
    passes: [["labels_after: 1d", "labels_after: 7d"]],
  },

  check({ spec }) {
    const { triggers, cooldown } = spec.retraining ?? {};
    const gaps = triggers?.schedule === undefined ? null : scheduleGaps(triggers.schedule);
    const findings: RuleFinding[] = [];
    const after = spec.monitoring?.performance?.labels_after;
    const own = spec.data?.label?.delay;
    // Whichever is longer: the truth has to be there, and be counted.
    const known = own !== undefined && own.ms > (after?.ms ?? 0);
    const delay = known ? own : after;
    const interval = gaps === null ? null : Math.max(gaps.longestMs, cooldown?.ms ?? 0);
    if (delay !== undefined && interval !== null && interval < delay.ms) {
      findings.push({
        at: ["retraining", "triggers", "schedule"],
        message: `A retraining starts every ${durationText(interval)}, but labels are known only after ${delay.text}: each learns nothing new from the answers since the last.`,
        hint: "Retrain less often than labels arrive.",
        related: [
          {
            at: known ? ["data", "label", "delay"] : ["monitoring", "performance", "labels_after"],
            message: `labels are known after ${delay.text}`,
          },
        ],
      });
    }
    if (cooldown !== undefined && gaps !== null && gaps.longestMs < cooldown.ms) {
      findings.push({
        at: ["retraining", "cooldown"],
        message: `The schedule starts a retraining every ${durationText(gaps.longestMs)}, but after each the next has to wait ${cooldown.text}: most starts are dropped.`,
        hint: "Let the cooldown be no longer than the schedule's interval.",
        related: [{ at: ["retraining", "triggers", "schedule"], message: "the schedule" }],
      });
    }
    const fresh = spec.data?.requirements?.freshness;
    const old = triggers?.data_older_than;
    if (
      fresh !== undefined &&
      old !== undefined &&
      old.ms > fresh.ms &&
      (gaps?.longestMs ?? old.ms) > fresh.ms
    ) {
      findings.push({
        at: ["retraining", "triggers", "data_older_than"],
        message: `Training data may be at most ${fresh.text} old, but a retraining starts only when it is older than ${old.text}.`,
        hint: `Start it at ${fresh.text} or sooner.`,
        related: [
          { at: ["data", "requirements", "freshness"], message: `data may be at most ${fresh.text} old` },
        ],
      });
    }
    return findings;
  },
};
