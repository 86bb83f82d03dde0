import { updateInterval } from "../../update-interval.ts";
import type { Rule } from "../rule.ts";

/** The slowest known source decides only where all are slow: fresh rows can come from any one of them. */
export const sourceFrequencyVsFreshness: Rule = {
  code: "MU-D108",
  slug: "source-frequency-vs-freshness",
  title: "Data fresher than its sources",
  severity: "error",
  preset: "recommended",
  section: "data",
  needs: "spec",
  fix: "none",
  why: "Data cannot be newer than the last renewal of the source it comes from. Where every source is renewed less often than the freshness asked for, the promise is broken most of the time, whoever works on it.",
  formula: "freshness >= the shortest interval at which a source is renewed",
  example: {
    base: "classification",
    fails: [["freshness: 90d", "freshness: 7d"]],
    passes: [["updates: monthly", "updates: every 6h"]],
  },
  check({ spec }) {
    const freshness = spec.data?.requirements?.freshness;
    const sources = spec.data?.sources ?? [];
    if (freshness === undefined || sources.length === 0) return [];
    const intervals = sources.map(({ updates }) => (updates === undefined ? null : updateInterval(updates)));
    if (intervals.some((ms) => ms === null || ms <= freshness.ms)) return [];
    const [only] = sources;
    const who =
      sources.length === 1
        ? `${only?.name} is renewed ${only?.updates}`
        : "every source is renewed less often";
    return [
      {
        at: ["data", "requirements", "freshness"],
        message: `Training data may be ${freshness.text} old, but ${who}.`,
        hint: "Allow a greater age, or find a source that is renewed more often.",
        related: sources.map(({ name, updates }, i) => ({
          at: ["data", "sources", i, "updates"],
          message: `${name}: ${updates ?? ""}`,
        })),
      },
    ];
  },
};
