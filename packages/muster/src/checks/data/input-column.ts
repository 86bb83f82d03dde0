import type { Observation } from "../../claims/verdict.ts";
import type { ColumnType } from "../../engine/engine.ts";
import type { InputType } from "../../spec/contract-section.ts";
import { answerOf } from "../answers.ts";
import type { Check } from "../check.ts";
import { together } from "../outcome.ts";

export interface InputColumnSubject {
  readonly tables: readonly string[];
  readonly column: string;
}

/** Column types that can stand for an input of the contract. */
const readableAs: Readonly<Record<InputType, readonly ColumnType[]>> = {
  string: ["string"],
  text: ["string"],
  integer: ["integer"],
  float: ["float", "integer"],
  boolean: ["boolean"],
  datetime: ["datetime"],
  json: ["string", "list", "unknown"],
  image: ["unknown", "string"],
};

/** The input is a column of each table, of the contract's type. */
export const inputColumn: Check<InputColumnSubject, { readonly type: InputType }> = {
  id: "data/input-column",
  revision: 1,

  reads: ({ tables }) => tables.map((table) => ({ kind: "table", table })),

  measure: ({ tables, column }, answers) =>
    tables.map((table, i) => {
      const { info } = answerOf(answers, i, "table");
      const found = info.columns.find((c) => c.name === column);
      return {
        label: table,
        value: found === undefined ? 0 : 1,
        rows: info.rows,
        facts: {},
        text: found === undefined ? "absent" : `${found.type}`,
      };
    }),

  judge({ type }, measurements) {
    const reasons = new Map<Observation, string>();
    const observations = measurements.map((m): Observation => {
      const fits = m.value === 1 && readableAs[type].some((t) => t === m.text);
      const observation: Observation = {
        label: m.label,
        value: null,
        interval: null,
        rows: m.rows,
        // An empty table has columns of some type, and says nothing of what would stand in them.
        outcome: !fits ? "broken" : m.rows === 0 ? "undecided" : "kept",
        text: m.text ?? "",
      };
      reasons.set(
        observation,
        m.value !== 1
          ? `the ${m.label} data lacks the column`
          : fits
            ? `the ${m.label} data has no rows`
            : `the ${m.label} data has it as ${m.text}`,
      );
      return observation;
    });
    return together(observations, reasons);
  },
};
