import { durationText } from "../../duration-text.ts";
import type { Path } from "../../places.ts";
import { scheduleGaps } from "../../schedule-gaps.ts";
import type { Rule } from "../rule.ts";

/** A measurement that is valid for longer than the model or the data stay the same proves something that is gone. */
export const evidenceTtlVsChange: Rule = {
  code: "MU-V402",
  slug: "evidence-ttl-vs-change",
  title: "Proof that outlives what it proves",
  severity: "error",
  preset: "recommended",
  section: null,
  needs: "spec",
  fix: "suggestion",
  why: "Evidence is of one model on one set of data. If it stays valid past the next retraining, or past the age at which data no longer counts as fresh, a report shows a green line for something that is no longer live.",
  formula:
    "valid_for <= the longest interval of retraining.triggers.schedule, data_older_than and data freshness",
  example: {
    base: "classification",
    fails: [["\nretraining:\n", "\nevidence: {valid_for: 180d}\nretraining:\n"]],
    passes: [["\nretraining:\n", "\nevidence: {valid_for: 30d}\nretraining:\n"]],
  },

  check({ spec }) {
    const valid = spec.evidence?.valid_for;
    if (valid === undefined) return [];
    const triggers = spec.retraining?.triggers;
    const gaps = triggers?.schedule === undefined ? null : scheduleGaps(triggers.schedule);
    const changes: { at: Path; ms: number; words: string }[] = [];
    if (gaps !== null) {
      changes.push({
        at: ["retraining", "triggers", "schedule"],
        ms: gaps.longestMs,
        words: `a new model is trained at least every ${durationText(gaps.longestMs)}`,
      });
    }
    if (triggers?.data_older_than !== undefined) {
      const { ms, text } = triggers.data_older_than;
      changes.push({
        at: ["retraining", "triggers", "data_older_than"],
        ms,
        words: `a new model is trained once the data is ${text} old`,
      });
    }
    const fresh = spec.data?.requirements?.freshness;
    if (fresh !== undefined) {
      changes.push({
        at: ["data", "requirements", "freshness"],
        ms: fresh.ms,
        words: `data counts as fresh for ${fresh.text}`,
      });
    }
    const sooner = changes.filter(({ ms }) => ms < valid.ms).sort((a, b) => a.ms - b.ms);
    const [first] = sooner;
    if (first === undefined) return [];
    const path = ["evidence", "valid_for"];
    return [
      {
        at: path,
        message: `Measurements stand as proof for ${valid.text}, but ${first.words}: they outlive what they were made on.`,
        hint: "Let evidence expire no later than what it proves changes.",
        related: sooner.map(({ at, words }) => ({ at, message: words })),
        fix: [{ kind: "replace", path, yaml: durationText(first.ms) }],
      },
    ];
  },
};
