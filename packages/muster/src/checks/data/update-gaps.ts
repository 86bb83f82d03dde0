import type { Check } from "../check.ts";
import { broken, kept, nothingMeasured } from "../outcome.ts";
import { cellReads, cellText, dayMs, type GapsSubject, lengthText, measureGaps } from "./cell-gaps.ts";

/** So few days or hours show no rhythm. */
const fewestCells = 3;

/**
 * A source is renewed as often as it says, as far as its rows show: between two neighbouring days (or hours) of its time
 * column lies at most the longest interval. Rows that came later and all at once are not told from those that came in
 * time; what is proven is that none is missing for longer.
 */
export const updateGaps: Check<GapsSubject, { readonly everyMs: number; readonly cellMs: number }> = {
  id: "data/update-gaps",
  revision: 1,
  reads: cellReads,
  measure: measureGaps,

  judge({ everyMs, cellMs }, [usual, longest]) {
    const cells = usual?.facts.cells ?? 0;
    if (usual === undefined || cells === 0)
      return nothingMeasured(usual?.undefinedBecause ?? "no time was read");
    if (cells < fewestCells || longest?.value == null || usual.value === null) {
      return nothingMeasured(
        `its rows are of ${cells} ${cellMs >= dayMs ? "days" : "hours"}, too few to show a rhythm`,
      );
    }
    const { from = 0, to = 0 } = longest.facts;
    const between = `${cellText(from, cellMs)} and ${cellText(to, cellMs)}`;
    const outcome =
      longest.value <= everyMs
        ? kept
        : broken(`between ${between} lie ${lengthText(longest.value)} without a row`);
    // One that is renewed far less often than its name says cannot be told from one with a single hole.
    const rare = outcome.kind === "broken" && usual.value > everyMs;
    return {
      outcome: rare ? broken(`there are rows every ${lengthText(usual.value)} at most`) : outcome,
      observations: [usual, longest].map((m, i) => ({
        label: i === 0 ? m.label : `longest time ${m.label}`,
        value: (m.value ?? 0) / dayMs,
        interval: null,
        rows: m.rows,
        outcome: (m.value ?? 0) <= everyMs ? "kept" : "broken",
        limit: { sense: "at_most", value: everyMs / dayMs },
        unit: "days",
      })),
    };
  },
};
