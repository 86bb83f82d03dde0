import type { Measure } from "../../query/aggregate.ts";
import { column as columnValue } from "../../query/expression.ts";
import type { Read } from "../../query/read.ts";
import { answerOf, numberIn } from "../answers.ts";
import type { Answer } from "../check.ts";

/** How many of a table's rows have a value of a column that can be reckoned with. */
export interface ColumnFill {
  readonly rows: number;
  readonly missing: number;
  /** NaN and the infinities, which only floats have. */
  readonly notFinite: number;
  /** All others. */
  readonly finite: number;
}

/** Reads what `columnFill` tells. */
export const fillRead = (table: string, column: string): Read => read(table, fill(column));

/** Reads it and the least and the greatest value, `low` and `high`. */
export const extremesRead = (table: string, column: string): Read =>
  read(table, {
    ...fill(column),
    low: { fn: "min", of: columnValue(column) },
    high: { fn: "max", of: columnValue(column) },
  });

/** From the answer at `index`, which is to one of these reads. */
export function columnFill(answers: readonly Answer[], index: number): ColumnFill {
  const { groups } = answerOf(answers, index, "aggregate");
  const [rows, missing, finite] = [
    numberIn(groups, "rows"),
    numberIn(groups, "missing"),
    numberIn(groups, "finite"),
  ];
  return { rows, missing, notFinite: rows - missing - finite, finite };
}

const read = (table: string, values: Readonly<Record<string, Measure>>): Read => ({
  kind: "aggregate",
  aggregate: { table, by: [], values },
});

const fill = (column: string): Readonly<Record<string, Measure>> => ({
  rows: { fn: "count" },
  missing: { fn: "count", where: { kind: "is_missing", column } },
  finite: { fn: "count", where: { kind: "is_finite", column } },
});
