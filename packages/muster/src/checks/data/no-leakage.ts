import { answerOf } from "../answers.ts";
import type { Check } from "../check.ts";
import { nothingMeasured } from "../outcome.ts";

export interface LeakageSubject {
  readonly training: string;
  readonly evaluation: string;
  readonly keys: readonly string[];
}

/** No row of the evaluation data has a key that also stands in the training data. */
export const noLeakage: Check<LeakageSubject, Record<string, never>> = {
  id: "data/no-leakage",
  revision: 1,

  reads: ({ training, evaluation, keys }) => [
    { kind: "overlap", left: evaluation, right: training, keys },
    { kind: "table", table: evaluation },
  ],

  measure({ keys }, answers) {
    const shared = answerOf(answers, 0, "overlap").rows;
    const { rows } = answerOf(answers, 1, "table").info;
    return [{ label: `same ${keys.join(" + ")}`, value: shared, rows, facts: {} }];
  },

  judge(_promise, [shared]) {
    if (shared?.value == null) return nothingMeasured("the keys were not compared");
    if (shared.rows === 0) return nothingMeasured("the evaluation data has no rows");
    const clean = shared.value === 0;
    return {
      outcome: clean
        ? { kind: "kept" }
        : { kind: "broken", because: `${shared.value} evaluation rows also stand in the training data` },
      observations: [
        {
          label: shared.label,
          value: shared.value,
          interval: null,
          rows: shared.rows,
          outcome: clean ? "kept" : "broken",
          limit: { sense: "at_most", value: 0 },
          unit: "count",
        },
      ],
    };
  },
};
