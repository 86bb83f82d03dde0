import type { Rule, RuleFinding } from "../rule.ts";

const dayMs = 86_400_000;

/** Only against a day that the spec names: what today is would make the same spec right one day and wrong the next. */
export const dateRangeVsFreshness: Rule = {
  code: "MU-D103",
  slug: "date-range-vs-freshness",
  title: "Stale, or shorter than a season, by construction",
  severity: "error",
  preset: "recommended",
  section: "data",
  needs: "spec",
  fix: "none",
  why: "Training data that ends before the oldest age allowed is stale on the day that it is made. Data that covers less than the longest cycle that matters has never seen the rest of it, and the model meets it first in production.",
  formula: "as_of - (to + 1d) <= freshness; to + 1d - from >= season",
  example: {
    base: "classification",
    fails: [["time: {column: departure}", "time: {column: departure, as_of: 2001-08-01}"]],
    passes: [["time: {column: departure}", "time: {column: departure, as_of: 2001-04-01, season: 7d}"]],
  },
  check({ spec }) {
    const { time, requirements } = spec.data ?? {};
    const dates = requirements?.dates;
    const freshness = requirements?.freshness;
    if (dates === undefined) return [];
    const end = dates.to.startMs + dayMs;
    const found: RuleFinding[] = [];
    if (time?.as_of !== undefined && freshness !== undefined && time.as_of.startMs - end > freshness.ms) {
      const age = Math.floor((time.as_of.startMs - end) / dayMs);
      found.push({
        at: ["data", "requirements", "dates", "to"],
        message: `The newest row, of ${dates.to.text}, is ${age} days old on ${time.as_of.text}; ${freshness.text} is allowed.`,
        hint: "Let the data end later, or allow a greater age.",
        related: [
          { at: ["data", "requirements", "freshness"], message: `at most ${freshness.text} old` },
          { at: ["data", "time", "as_of"], message: `reckoned from ${time.as_of.text}` },
        ],
      });
    }
    if (time?.season !== undefined && end - dates.from.startMs < time.season.ms) {
      const days = Math.round((end - dates.from.startMs) / dayMs);
      found.push({
        at: ["data", "requirements", "dates"],
        message: `${dates.from.text} to ${dates.to.text} are ${days} days, less than the season of ${time.season.text}.`,
        hint: "Cover a whole season, or correct it.",
        related: [{ at: ["data", "time", "season"], message: `the longest cycle that matters` }],
      });
    }
    return found;
  },
};
