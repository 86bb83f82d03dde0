import { column as columnValue } from "../../query/expression.ts";
import { answerOf, numberIn } from "../answers.ts";
import type { Check } from "../check.ts";
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

  reads: ({ table, column }) => [
    {
      kind: "aggregate",
      aggregate: {
        table,
        by: [],
        values: {
          rows: { fn: "count" },
          missing: { fn: "count", where: { kind: "is_missing", column } },
          finite: { fn: "count", where: { kind: "is_finite", column } },
          low: { fn: "min", of: columnValue(column) },
          high: { fn: "max", of: columnValue(column) },
        },
      },
    },
  ],

  measure({ column }, answers) {
    const answer = answerOf(answers, 0, "aggregate");
    const missing = numberIn(answer.groups, "missing");
    return extremes(column, answer).map((m) => ({ ...m, facts: { ...m.facts, missing } }));
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
