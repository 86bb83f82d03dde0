import { answerOf, numberIn } from "../answers.ts";
import type { Check } from "../check.ts";
import { rowsText } from "../number-text.ts";
import { atMostShare, shareOf } from "./census-share.ts";

export interface ColumnSubject {
  readonly table: string;
  readonly column: string;
}

export interface AtMostShare {
  readonly max: number;
}

/** At most so large a share of the rows has no value in a column; NaN and the infinities are no value. */
export const missingShare: Check<ColumnSubject, AtMostShare> = {
  id: "data/missing-share",
  revision: 1,

  reads: ({ table, column }) => [
    {
      kind: "aggregate",
      aggregate: {
        table,
        by: [],
        values: {
          rows: { fn: "count" },
          missing: { fn: "count", where: { kind: "is_missing", column } },
          present: { fn: "count", where: { kind: "is_finite", column } },
        },
      },
    },
  ],

  measure({ column }, answers) {
    const { groups } = answerOf(answers, 0, "aggregate");
    const rows = numberIn(groups, "rows");
    const missing = numberIn(groups, "missing");
    const none = rows - numberIn(groups, "present");
    const facts = { missing, notFinite: none - missing };
    return [shareOf(`${column} without a value`, none, rows, "it has no rows", { facts })];
  },

  judge: ({ max }, [share]) =>
    atMostShare(share, max, (text, rows) => {
      const { notFinite = 0 } = share?.facts ?? {};
      const odd = notFinite > 0 ? `, in ${rowsText(notFinite)} NaN or infinite` : "";
      return `it has no value in ${rowsText(rows)}, ${text}${odd}`;
    }),
};
