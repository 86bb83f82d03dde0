import type { Observation } from "../../claims/verdict.ts";
import type { Check } from "../check.ts";
import { countText, rowsText } from "../number-text.ts";
import { nothingMeasured, together } from "../outcome.ts";
import { type ClassesSubject, classReads, measureClasses } from "./class-counts.ts";
import type { AtLeastRows } from "./row-count.ts";

/** Every class has at least so many rows, and there are at least two classes. */
export const classRows: Check<ClassesSubject, AtLeastRows> = {
  id: "data/class-rows",
  revision: 2,
  reads: classReads,
  measure: measureClasses,

  judge({ atLeast }, measurements) {
    const classes = measurements.filter((m) => m.facts.missing !== 1);
    if (classes.length === 0) return nothingMeasured("no row has a label");
    const reasons = new Map<Observation, string>();
    const observations = classes.map((m): Observation => {
      const rows = m.value ?? 0;
      const observation: Observation = {
        label: m.label,
        value: rows,
        interval: null,
        rows: m.rows,
        outcome: rows >= atLeast ? "kept" : "broken",
        limit: { sense: "at_least", value: atLeast },
        unit: "count",
      };
      reasons.set(observation, `${m.label} has ${rowsText(rows)}, fewer than ${countText(atLeast)}`);
      return observation;
    });
    if (classes.length === 1) {
      return {
        outcome: { kind: "broken", because: `only one class occurs, ${classes[0]?.label}` },
        observations,
      };
    }
    return together(observations, reasons);
  },
};
