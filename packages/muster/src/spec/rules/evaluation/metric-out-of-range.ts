import { allThresholds, printed, type Threshold } from "../metric-terms.ts";
import type { Rule } from "../rule.ts";

/** The range of the metric on the scale that the spec names. */
function rangeOf({ facts, scale }: Threshold): readonly [number, number] {
  const [low, high] = facts.range;
  if (scale === "0-1" && facts.requires.includes("scale")) return [0, 1];
  return scale === "0-100" && low === 0 && high === 1 ? [0, 100] : [low, high];
}

/** A score of a hundred written as a share: 0.35 on a scale to 100 is next to nothing. */
function slipOfScale({ facts, scale, limit }: Threshold): boolean {
  return facts.requires.includes("scale") && scale === "0-100" && limit > 0 && limit < 1;
}

/** A threshold that no model can be on one side of. */
export const metricOutOfRange: Rule = {
  code: "MU-E105",
  slug: "metric-out-of-range",
  title: "Threshold that the metric cannot reach",
  severity: "error",
  preset: "recommended",
  section: "evaluation",
  needs: "spec",
  fix: "suggestion",
  why: "A threshold beyond what the metric can be is met by every model or by none. Most often a percentage was written where a share is meant, or a score from 0 to 100 where one from 0 to 1 is.",
  example: {
    base: "classification",
    fails: [["at_least: 0.65", "at_least: 65"]],
    passes: [],
  },
  check({ spec }) {
    return allThresholds(spec).flatMap((threshold) => {
      const { at, key, limit, metric } = threshold;
      const [low, high] = rangeOf(threshold);
      const slip = slipOfScale(threshold);
      if (limit >= low && limit <= high && !slip) return [];
      const path = [...at, key];
      const ends = Number.isFinite(high)
        ? Number.isFinite(low)
          ? `from ${low} to ${high}`
          : `at most ${high}`
        : `at least ${low}`;
      const percentage = high === 1 && limit > 1 && limit <= 100;
      const guess = slip ? limit * 100 : percentage ? limit / 100 : null;
      const yaml = guess === null ? null : printed(guess);
      return {
        at: path,
        message: slip
          ? `${metric} is on a scale from 0 to 100 here, on which ${limit} is next to nothing.`
          : `${metric} is ${ends}; ${limit} cannot be reached.`,
        hint: yaml === null ? `Write a number ${ends}.` : `Write ${yaml}, if that is meant.`,
        ...(yaml === null ? {} : { fix: [{ kind: "replace" as const, path, yaml }] }),
      };
    });
  },
};
