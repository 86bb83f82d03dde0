import type { Measure } from "../query/aggregate.ts";
import { type SqlColumns, wrongType } from "./sql-columns.ts";
import { expressionSql } from "./sql-expression.ts";
import { predicateSql } from "./sql-predicate.ts";

/** A measure over the rows of a group. `input` may give what is computed for each row a name of its own. */
export function measureSql(
  columns: SqlColumns,
  measure: Measure,
  input: (sql: string) => string,
): { readonly sql: string; readonly as: "DOUBLE" } {
  switch (measure.fn) {
    case "count":
      if (measure.where === undefined) return { sql: "COUNT(*)", as: "DOUBLE" };
      return { sql: `COUNT(*) FILTER (WHERE ${input(predicateSql(columns, measure.where))})`, as: "DOUBLE" };
    case "count_distinct": {
      const column = columns.find(measure.column);
      if (column.type === "list") throw wrongType(column, columns.table, "a single value a row");
      // Missing values are no value, and -0 is 0.
      const key = column.type === "float" ? `(${columns.double(column)}) + 0e0` : columns.quote(column.name);
      return { sql: `COUNT(DISTINCT ${input(key)})`, as: "DOUBLE" };
    }
    default: {
      const of = `${measure.fn.toUpperCase()}(${input(expressionSql(columns, measure.of))})`;
      if (measure.where === undefined) return { sql: of, as: "DOUBLE" };
      const where = input(predicateSql(columns, measure.where));
      return { sql: `${of} FILTER (WHERE ${where})`, as: "DOUBLE" };
    }
  }
}
