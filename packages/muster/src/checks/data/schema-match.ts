import type { Measurement } from "../../claims/evidence.ts";
import type { Observation } from "../../claims/verdict.ts";
import type { StoredType } from "../../spec/data-section.ts";
import { answerOf } from "../answers.ts";
import type { Check } from "../check.ts";
import { listed, nothingMeasured } from "../outcome.ts";

export interface SchemaPromise {
  readonly columns: readonly { readonly name: string; readonly type: StoredType }[];
  readonly others: "allowed" | "refused";
}

/** A table has every declared column with its type; the others are named, and break it where they are refused. */
export const schemaMatch: Check<{ readonly table: string }, SchemaPromise> = {
  id: "data/schema",
  revision: 1,

  reads: ({ table }) => [{ kind: "table", table }],

  measure(_subject, answers) {
    const { info } = answerOf(answers, 0, "table");
    return info.columns.map(
      ({ name, type, native }): Measurement => ({
        label: name,
        value: null,
        undefinedBecause: native,
        rows: info.rows,
        facts: {},
        text: type,
      }),
    );
  },

  judge({ columns, others }, measurements) {
    if (measurements.length === 0) return nothingMeasured("it has no columns");
    const found = new Map(measurements.map((m) => [m.label, m]));
    const rows = measurements[0]?.rows ?? 0;
    const faults: string[] = [];
    const observations = columns.map(({ name, type }): Observation => {
      const here = found.get(name);
      // Whole numbers are numbers: a column of counts may be stored either way.
      const fits = here?.text === type || (type === "float" && here?.text === "integer");
      if (here === undefined) faults.push(`${name} is not there`);
      else if (!fits) faults.push(`${name} is ${here.text} (${here.undefinedBecause}), not ${type}`);
      const text = here?.text ?? "absent";
      return { label: name, value: null, interval: null, rows, outcome: fits ? "kept" : "broken", text };
    });
    const declared = new Set(columns.map(({ name }) => name));
    const more = measurements.map((m) => m.label).filter((name) => !declared.has(name));
    const outcome = others === "refused" ? "broken" : "kept";
    if (more.length > 0) {
      const text = listed(more, 20);
      observations.push({
        label: "not declared",
        value: more.length,
        interval: null,
        rows,
        outcome,
        unit: "count",
        text,
      });
      if (others === "refused")
        faults.push(`${listed(more)} ${more.length === 1 ? "is" : "are"} not declared`);
    }
    return {
      outcome: faults.length === 0 ? { kind: "kept" } : { kind: "broken", because: listed(faults) },
      observations,
    };
  },
};
