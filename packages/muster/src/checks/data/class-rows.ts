import type { Observation } from "../../claims/verdict.ts";
import type { Scalar } from "../../query/scalar.ts";
import type { Check } from "../check.ts";
import { countText, rowsText } from "../number-text.ts";
import { nothingMeasured, together } from "../outcome.ts";
import { type ClassesSubject, classReads, measureClasses } from "./class-counts.ts";
import { isOf } from "./label-classes.ts";
import type { AtLeastRows } from "./row-count.ts";

export interface ClassesAtLeast extends AtLeastRows {
  /** Classes that the spec names: they have to have rows, too, though the data does not show them. */
  readonly classes?: readonly Scalar[];
}

/** Every class has at least so many rows, and there are at least two classes. */
export const classRows: Check<ClassesSubject, ClassesAtLeast> = {
  id: "data/class-rows",
  revision: 2,
  reads: classReads,
  measure: measureClasses,

  judge({ atLeast, classes: declared = [] }, measurements) {
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
    for (const value of declared.filter((each) => !classes.some((m) => isOf(m, each)))) {
      const limit = { sense: "at_least", value: atLeast } as const;
      const label = String(value);
      const absent: Observation = {
        label,
        value: 0,
        interval: null,
        rows: 0,
        outcome: "broken",
        limit,
        unit: "count",
      };
      observations.push(absent);
      reasons.set(absent, `${label} has no row`);
    }
    return together(observations, reasons);
  },
};
