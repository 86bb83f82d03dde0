import { answerOf } from "../answers.ts";
import type { Check } from "../check.ts";
import { rowsText } from "../number-text.ts";
import { atMostShare, shareOf } from "./census-share.ts";
import type { AtMostShare } from "./missing-share.ts";

export interface DuplicatesSubject {
  readonly table: string;
  /** The columns in which two rows are equal. */
  readonly columns: readonly string[];
}

/** At most so large a share of the rows repeats an earlier one: what stands three times counts twice. */
export const duplicates: Check<DuplicatesSubject, AtMostShare> = {
  id: "data/duplicates",
  revision: 1,

  reads: ({ table, columns }) => [
    columns.length === 0 ? { kind: "repeats", table } : { kind: "repeats", table, columns },
  ],

  measure({ columns }, answers) {
    const { rows, distinct, repeated } = answerOf(answers, 0, "repeats");
    const what =
      columns.length === 0
        ? "rows that stand there already"
        : `rows of a ${columns.join(" + ")} that stands there already`;
    return [shareOf(what, rows - distinct, rows, "it has no rows", { facts: { repeated } })];
  },

  judge: ({ max }, [share]) =>
    atMostShare(share, max, (text, rows) => `${rowsText(rows)} stand there already, ${text}`),
};
