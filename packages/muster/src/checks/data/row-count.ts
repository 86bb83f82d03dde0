import { answerOf, numberIn } from "../answers.ts";
import type { Check } from "../check.ts";
import { countText, rowsText } from "../number-text.ts";
import { nothingMeasured } from "../outcome.ts";

export interface RowCountSubject {
  readonly table: string;
  /** Only rows that have this label count: nothing can be learned from the others. */
  readonly label?: string;
}

export interface AtLeastRows {
  readonly atLeast: number;
}

/** A table has at least so many rows, or labelled rows. A census, so the count is compared as it is. */
export const rowCount: Check<RowCountSubject, AtLeastRows> = {
  id: "data/row-count",
  revision: 2,

  reads: ({ table, label: column }) => [
    column === undefined
      ? { kind: "table", table }
      : {
          kind: "aggregate",
          aggregate: {
            table,
            by: [],
            values: { labelled: { fn: "count", where: { kind: "is_finite", column } } },
          },
        },
  ],

  measure({ table, label }, answers) {
    const rows =
      label === undefined
        ? answerOf(answers, 0, "table").info.rows
        : numberIn(answerOf(answers, 0, "aggregate").groups, "labelled");
    return [{ label: label === undefined ? table : `${table} with ${label}`, value: rows, rows, facts: {} }];
  },

  judge({ atLeast }, [rows]) {
    if (rows?.value == null) return nothingMeasured("the rows were not counted");
    const enough = rows.value >= atLeast;
    return {
      outcome: enough
        ? { kind: "kept" }
        : { kind: "broken", because: `${rowsText(rows.value)}, fewer than ${countText(atLeast)}` },
      observations: [
        {
          label: rows.label,
          value: rows.value,
          interval: null,
          rows: rows.rows,
          outcome: enough ? "kept" : "broken",
          limit: { sense: "at_least", value: atLeast },
          unit: "count",
        },
      ],
    };
  },
};
