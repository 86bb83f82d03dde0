import { answerOf } from "../answers.ts";
import type { Check } from "../check.ts";
import { nothingMeasured } from "../outcome.ts";

export interface RowCountSubject {
  readonly table: string;
}

export interface AtLeastRows {
  readonly atLeast: number;
}

/** A table has at least so many rows. A census, so the count is compared as it is. */
export const rowCount: Check<RowCountSubject, AtLeastRows> = {
  id: "data/row-count",
  revision: 1,

  reads: ({ table }) => [{ kind: "table", table }],

  measure({ table }, answers) {
    const { rows } = answerOf(answers, 0, "table").info;
    return [{ label: table, value: rows, rows, facts: {} }];
  },

  judge({ atLeast }, [rows]) {
    if (rows?.value == null) return nothingMeasured("the rows were not counted");
    const enough = rows.value >= atLeast;
    return {
      outcome: enough ? { kind: "kept" } : { kind: "broken", because: `${rows.value} rows, not ${atLeast}` },
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
