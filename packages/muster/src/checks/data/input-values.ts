import type { Observation } from "../../claims/verdict.ts";
import type { Scalar } from "../../query/scalar.ts";
import { answerOf, numberIn } from "../answers.ts";
import type { Check } from "../check.ts";
import { rowsText } from "../number-text.ts";
import { together } from "../outcome.ts";
import type { InputColumnSubject } from "./input-column.ts";

export interface InputValuesSubject extends InputColumnSubject {
  readonly values: readonly Scalar[];
}

/** Every value that is not missing is one of the listed ones. */
export const inputValues: Check<InputValuesSubject, Record<string, never>> = {
  id: "data/input-values",
  revision: 1,

  reads: ({ tables, column, values }) =>
    tables.map((table) => ({
      kind: "aggregate",
      aggregate: {
        table,
        by: [],
        values: {
          present: { fn: "count", where: { kind: "not", of: { kind: "is_missing", column } } },
          listed: { fn: "count", where: { kind: "one_of", column, values } },
        },
      },
    })),

  measure: ({ tables }, answers) =>
    tables.map((table, i) => {
      const { groups } = answerOf(answers, i, "aggregate");
      const rows = numberIn(groups, "present");
      return { label: table, value: rows - numberIn(groups, "listed"), rows, facts: {} };
    }),

  judge(_promise, measurements) {
    const reasons = new Map<Observation, string>();
    const observations = measurements.map((m): Observation => {
      const observation: Observation = {
        label: `not listed, in ${m.label}`,
        value: m.value,
        interval: null,
        rows: m.rows,
        outcome: m.rows === 0 ? "undecided" : m.value === 0 ? "kept" : "broken",
        limit: { sense: "at_most", value: 0 },
        unit: "count",
      };
      reasons.set(
        observation,
        m.rows === 0
          ? `the ${m.label} data has no value of it`
          : `${rowsText(m.value ?? 0)} of the ${m.label} data ${m.value === 1 ? "has" : "have"} a value that is not listed`,
      );
      return observation;
    });
    return together(observations, reasons);
  },
};
