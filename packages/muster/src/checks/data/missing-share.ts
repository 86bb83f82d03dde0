import type { Check } from "../check.ts";
import { rowsText } from "../number-text.ts";
import { atMostShare, shareOf } from "./census-share.ts";
import { columnFill, fillRead } from "./column-reads.ts";

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

  reads: ({ table, column }) => [fillRead(table, column)],

  measure({ column }, answers) {
    const { rows, missing, notFinite } = columnFill(answers, 0);
    const facts = { missing, notFinite };
    return [shareOf(`${column} without a value`, missing + notFinite, rows, "it has no rows", { facts })];
  },

  judge: ({ max }, [share]) =>
    atMostShare(share, max, (text, rows) => {
      const { notFinite = 0 } = share?.facts ?? {};
      const odd = notFinite > 0 ? `, in ${rowsText(notFinite)} NaN or infinite` : "";
      return `it has no value in ${rowsText(rows)}, ${text}${odd}`;
    }),
};
