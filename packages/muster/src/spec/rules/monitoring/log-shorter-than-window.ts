import type { Rule } from "../rule.ts";

/** Predictions are joined with their truth by the log: what it no longer has is never judged. */
export const logShorterThanWindow: Rule = {
  code: "MU-M317",
  slug: "log-shorter-than-window",
  title: "Log gone before it is looked at",
  severity: "error",
  preset: "recommended",
  section: "deployment",
  needs: "spec",
  fix: "none",
  why: "Performance in production is measured by joining the logged answers with the truth that comes later. Answers that were deleted before their truth is known, or before the window closes, are never judged.",
  formula: "log.retain >= labels_after, label.delay, and the window of performance",
  example: {
    base: "classification",
    fails: [["retain: 90d, redact", "retain: 1d, redact"]],
    passes: [["retain: 90d, redact", "retain: 8d, redact"]],
  },

  check({ spec }) {
    const { performance } = spec.monitoring ?? {};
    const retain = spec.deployment?.log?.retain;
    if (retain === undefined || performance === undefined) return [];
    const needs = [
      { at: ["monitoring", "performance", "window"], until: performance.window, what: "a window covers" },
      {
        at: ["monitoring", "performance", "labels_after"],
        until: performance.labels_after,
        what: "the truth is counted on only after",
      },
      {
        at: ["data", "label", "delay"],
        until: spec.data?.label?.delay,
        what: "the truth is known only after",
      },
    ];
    const longest = needs
      .flatMap(({ until, ...rest }) =>
        until === undefined || until.ms <= retain.ms ? [] : [{ ...rest, until }],
      )
      .sort((a, b) => b.until.ms - a.until.ms)[0];
    if (longest === undefined) return [];
    return [
      {
        at: ["deployment", "log", "retain"],
        message: `The log is kept for ${retain.text}, but to judge the performance ${longest.what} ${longest.until.text}.`,
        hint: `Keep it for more than ${longest.until.text}.`,
        related: [{ at: longest.at, message: `${longest.what} ${longest.until.text}` }],
      },
    ];
  },
};
