import type { Read } from "../../query/read.ts";
import type { Scalar } from "../../query/scalar.ts";
import { answerOf, numberIn } from "../answers.ts";
import type { Check } from "../check.ts";
import { countText, rowsText } from "../number-text.ts";
import type { InputColumnSubject } from "./input-column.ts";
import { noneInTables } from "./none-in-tables.ts";

export interface InputValuesSubject extends InputColumnSubject {
  readonly values: readonly Scalar[];
  /** The values say something of persons: others are counted and never named. */
  readonly redact?: boolean;
}

/** So many values that are not listed are named. */
const mostNamed = 10;

/** Every value that is not missing is one of the listed ones. */
export const inputValues: Check<InputValuesSubject, Record<string, never>> = {
  id: "data/input-values",
  revision: 2,

  reads: ({ tables, column, values, redact }) => [
    ...tables.map((table) => countRead(table, column, redact === true ? values : null)),
    ...(redact === true ? [] : tables.map((table) => othersRead(table, column, values))),
  ],

  measure: ({ tables }, answers) =>
    tables.map((table, i) => {
      const { groups } = answerOf(answers, i, "aggregate");
      const rows = numberIn(groups, "present");
      if (answers.length === tables.length)
        return { label: table, value: rows - numberIn(groups, "listed"), rows, facts: {} };
      const others = answerOf(answers, tables.length + i, "top_values");
      const named = others.values.map((v) => `${v.value} (${countText(v.rows)})`).join(", ");
      const more = others.distinct - others.values.length;
      const text = named === "" ? "" : `${named}${more > 0 ? ` and ${countText(more)} more` : ""}`;
      return {
        label: table,
        value: others.rows,
        rows,
        facts: { distinct: others.distinct },
        ...(text === "" ? {} : { text }),
      };
    }),

  judge: (_promise, measurements) =>
    noneInTables(measurements, {
      label: (m) => `not listed, in ${m.label}`,
      empty: (m) => `the ${m.label} data has no value of it`,
      some: (m) =>
        `${rowsText(m.value ?? 0)} of the ${m.label} data ${m.value === 1 ? "has" : "have"} a value that is not listed${m.text === undefined ? "" : `: ${m.text}`}`,
    }),
};

/** The others are counted where they are named; where they are not, `values` are. */
const countRead = (table: string, column: string, values: readonly Scalar[] | null): Read => ({
  kind: "aggregate",
  aggregate: {
    table,
    by: [],
    values: {
      present: { fn: "count", where: { kind: "not", of: { kind: "is_missing", column } } },
      ...(values === null
        ? {}
        : { listed: { fn: "count", where: { kind: "one_of", column, values } } as const }),
    },
  },
});

const othersRead = (table: string, column: string, values: readonly Scalar[]): Read => ({
  kind: "top_values",
  table,
  column,
  most: mostNamed,
  where: {
    kind: "not",
    of: {
      kind: "any",
      of: [
        { kind: "is_missing", column },
        { kind: "one_of", column, values },
      ],
    },
  },
});
