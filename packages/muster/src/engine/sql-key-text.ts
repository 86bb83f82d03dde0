import type { Column } from "./engine.ts";
import { type SqlColumns, wrongType } from "./sql-columns.ts";

/** The text of a key that every engine writes alike; of floats none does. */
export function keyText(columns: SqlColumns, column: Column): string {
  switch (column.type) {
    case "string":
      return columns.text(column);
    case "integer":
    case "boolean":
      return `CAST(${columns.quote(column.name)} AS STRING)`;
    case "datetime":
      return `CAST(CAST(${columns.epoch(column)} AS BIGINT) AS STRING)`;
    default:
      throw wrongType(column, columns.table, "a text, whole number, boolean, date or time as a key");
  }
}
