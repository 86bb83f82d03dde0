import type { Scalar } from "../../query/scalar.ts";
import type { Column } from "../engine.ts";
import { wrongType } from "../sql-columns.ts";
import { unknownColumn } from "../unknown-column.ts";

/** A value in a row; datetimes as milliseconds since 1970, lists as JSON text. */
export type Cell = Scalar | null;

export interface Rows {
  readonly name: string;
  readonly columns: readonly Column[];
  /** One array a row, in the columns' order. */
  readonly rows: readonly (readonly Cell[])[];
}

export type Row = readonly Cell[];

/** A column's position and definition. */
export function locate(table: Rows, name: string): { readonly at: number; readonly column: Column } {
  const at = table.columns.findIndex((column) => column.name === name);
  const column = table.columns[at];
  if (column === undefined)
    throw unknownColumn(
      name,
      table.name,
      table.columns.map((known) => known.name),
    );
  return { at, column };
}

/** Reads a number or boolean (and with `times` a datetime) as a number; NaN and infinities as they are. */
export function numberAt(table: Rows, name: string, times: boolean): (row: Row) => number | null {
  const { at, column } = locate(table, name);
  const readable =
    ["integer", "float", "boolean"].includes(column.type) || (times && column.type === "datetime");
  if (!readable) throw wrongType(column, table.name, "a number");
  return (row) => {
    const cell = row[at] ?? null;
    return cell === null ? null : Number(cell);
  };
}
