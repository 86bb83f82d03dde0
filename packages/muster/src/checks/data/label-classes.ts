import type { Measurement } from "../../claims/evidence.ts";
import type { Observation } from "../../claims/verdict.ts";
import type { Scalar } from "../../query/scalar.ts";
import type { Check } from "../check.ts";
import { rowsText } from "../number-text.ts";
import { listed, nothingMeasured } from "../outcome.ts";
import { type ClassesSubject, classReads, measureClasses } from "./class-counts.ts";
import { sameValue } from "./same-value.ts";

/** Every declared class occurs, and no other. Rows without a label are counted and shown; they have no class. */
export const labelClasses: Check<ClassesSubject, { readonly classes: readonly Scalar[] }> = {
  id: "data/label-classes",
  revision: 1,
  reads: classReads,
  measure: measureClasses,

  judge({ classes }, measurements) {
    const seen = measurements.filter((m) => m.facts.missing !== 1);
    if (seen.length === 0) return nothingMeasured("no row has a label");
    const rows = seen.reduce((sum, m) => sum + m.rows, 0);
    const unlabelled = measurements.reduce((sum, m) => sum + (m.facts.missing === 1 ? m.rows : 0), 0);
    const absent = classes.filter((value) => !seen.some((m) => isOf(m, value)));
    const unknown = seen.filter((m) => !classes.some((value) => isOf(m, value)));
    const faults = [
      ...(absent.length > 0
        ? [`${listed(absent.map(String))} ${absent.length === 1 ? "has" : "have"} no row`]
        : []),
      ...(unknown.length > 0
        ? [
            `${listed(unknown.map((m) => `${classOf(m)} (${rowsText(m.rows)})`))} ${unknown.length === 1 ? "is" : "are"} not declared`,
          ]
        : []),
    ];
    const count = (
      label: string,
      value: number,
      outcome: Observation["outcome"],
      text?: string,
    ): Observation => ({
      label,
      value,
      interval: null,
      rows,
      outcome,
      unit: "count",
      ...(text === undefined ? {} : { text }),
    });
    return {
      outcome: faults.length === 0 ? { kind: "kept" } : { kind: "broken", because: faults.join("; ") },
      observations: [
        count(
          "declared classes without a row",
          absent.length,
          absent.length > 0 ? "broken" : "kept",
          listed(absent.map(String)),
        ),
        count(
          "classes that are not declared",
          unknown.length,
          unknown.length > 0 ? "broken" : "kept",
          listed(unknown.map(classOf)),
        ),
        ...(unlabelled > 0 ? [count("rows without a label", unlabelled, "kept")] : []),
      ],
    };
  },
};

/** The measurement's label is `column=value`, and a column's name may hold an equals sign, too. */
const classOf = ({ label, text }: Measurement): string => text ?? label.slice(label.indexOf("=") + 1);

export const isOf = (m: Measurement, value: Scalar): boolean => sameValue(classOf(m), value);
