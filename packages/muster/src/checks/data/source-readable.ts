import { answerOf } from "../answers.ts";
import type { Check } from "../check.ts";
import { nothingMeasured } from "../outcome.ts";
import type { RowCountSubject } from "./row-count.ts";

/** A source can be read: access is proven by reading it, whatever a ticket says. */
export const sourceReadable: Check<RowCountSubject, Record<string, never>> = {
  id: "data/source-readable",
  revision: 1,

  reads: ({ table }) => [{ kind: "table", table }],

  measure(_subject, answers) {
    const { info } = answerOf(answers, 0, "table");
    return [{ label: "columns", value: info.columns.length, rows: info.rows, facts: {} }];
  },

  judge(_promise, [columns]) {
    if (columns?.value == null) return nothingMeasured("it was not read");
    const readable = columns.value > 0;
    return {
      outcome: readable ? { kind: "kept" } : { kind: "broken", because: "it has no columns" },
      observations: [
        {
          label: columns.label,
          value: columns.value,
          interval: null,
          rows: columns.rows,
          outcome: readable ? "kept" : "broken",
          unit: "count",
        },
      ],
    };
  },
};
