import type { Measurement } from "../../claims/evidence.ts";
import type { Observation } from "../../claims/verdict.ts";
import { answerOf, numberIn } from "../answers.ts";
import type { Check } from "../check.ts";
import { countText, rowsText } from "../number-text.ts";
import { together } from "../outcome.ts";
import type { InputColumnSubject } from "./input-column.ts";

/** A required input is missing in no row: neither null nor, for a float, NaN or infinite. */
export const inputPresent: Check<InputColumnSubject, Record<string, never>> = {
  id: "data/input-present",
  revision: 1,

  reads: ({ tables, column }) =>
    tables.map((table) => ({
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
    })),

  measure: ({ tables }, answers) =>
    tables.map((table, i) => {
      const { groups } = answerOf(answers, i, "aggregate");
      const rows = numberIn(groups, "rows");
      const missing = numberIn(groups, "missing");
      const notFinite = rows - missing - numberIn(groups, "present");
      return { label: table, value: missing + notFinite, rows, facts: { missing, notFinite } };
    }),

  judge(_promise, measurements) {
    const reasons = new Map<Observation, string>();
    const observations = measurements.map((m): Observation => {
      const outcome = m.rows === 0 ? "undecided" : m.value === 0 ? "kept" : "broken";
      const observation: Observation = {
        label: `missing in ${m.label}`,
        value: m.value,
        interval: null,
        rows: m.rows,
        outcome,
        limit: { sense: "at_most", value: 0 },
        unit: "count",
      };
      reasons.set(observation, m.rows === 0 ? `the ${m.label} data has no rows` : missingText(m));
      return observation;
    });
    return together(observations, reasons);
  },
};

function missingText({ label, facts: { missing = 0, notFinite = 0 } }: Measurement): string {
  const parts = [
    ...(missing > 0 ? [`missing in ${rowsText(missing)}`] : []),
    ...(notFinite > 0 ? [`not finite in ${missing > 0 ? countText(notFinite) : rowsText(notFinite)}`] : []),
  ];
  return `it is ${parts.join(" and ")} of the ${label} data`;
}
