import type { Check } from "../check.ts";
import { columnFill, extremesRead } from "../data/column-reads.ts";
import { extremes, judgeExtremes, type WithinRange } from "../data/input-range.ts";
import { rowsText } from "../number-text.ts";
import { broken } from "../outcome.ts";

export interface OutputRangeSubject {
  /** The evaluation data with the model's answers. */
  readonly table: string;
  readonly column: string;
}

/** On every evaluation row the model answers with a finite number in [low, high]. */
export const outputRange: Check<OutputRangeSubject, WithinRange> = {
  id: "contract/output-range",
  revision: 1,

  reads: ({ table, column }) => [extremesRead(table, column)],

  measure({ column }, answers) {
    const { missing } = columnFill(answers, 0);
    return extremes(column, answers, 0).map((m) => ({ ...m, facts: { ...m.facts, missing } }));
  },

  judge({ low, high }, measurements) {
    const finding = judgeExtremes(measurements, low, high);
    const { missing = 0, notFinite = 0 } = measurements[0]?.facts ?? {};
    if (missing + notFinite === 0) return finding;
    return {
      ...finding,
      outcome: broken(`the model gave no finite answer for ${rowsText(missing + notFinite)}`),
    };
  },
};
