import type { Observation } from "../../claims/verdict.ts";
import type { Check } from "../check.ts";
import { countText } from "../number-text.ts";
import { broken, kept, listed, nothingMeasured } from "../outcome.ts";
import { cellReads, dayMs, emptyText, type GapsSubject, lengthText, measureGaps } from "./cell-gaps.ts";

/**
 * Between the beginnings of two neighbouring days (or hours) that have rows lies at most so long; with a day that means
 * that no day lacks rows, with 31 days no month. What comes before the first row and after the last one is the range's.
 */
export const dateGaps: Check<GapsSubject, { readonly maxMs: number; readonly cellMs: number }> = {
  id: "data/date-gaps",
  revision: 1,
  reads: cellReads,
  measure: measureGaps,

  judge({ maxMs, cellMs }, [overall, ...gaps]) {
    if (overall === undefined || (overall.facts.cells ?? 0) === 0) {
      return nothingMeasured(overall?.undefinedBecause ?? "no time was read");
    }
    const shown = gaps.filter((gap, i) => i === 0 || (gap.value ?? 0) > maxMs);
    const wide = shown.filter((gap) => (gap.value ?? 0) > maxMs);
    const noun = cellMs >= dayMs ? "days" : "hours";
    const names = wide.map((gap) => emptyText(gap, cellMs));
    const empty = overall.facts.empty ?? 0;
    return {
      outcome:
        wide.length === 0
          ? kept
          : broken(
              `no rows on ${listed(names)} (${countText(empty)} ${empty === 1 ? noun.slice(0, -1) : noun} without a row in all)`,
            ),
      observations: shown.map(
        (gap): Observation => ({
          label: `longest time ${gap.label}`,
          value: (gap.value ?? 0) / dayMs,
          interval: null,
          rows: gap.rows,
          outcome: (gap.value ?? 0) > maxMs ? "broken" : "kept",
          limit: { sense: "at_most", value: maxMs / dayMs },
          unit: "days",
          text:
            (gap.value ?? 0) > cellMs
              ? `without rows: ${emptyText(gap, cellMs)}`
              : lengthText(gap.value ?? 0),
        }),
      ),
    };
  },
};
