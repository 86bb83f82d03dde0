import { digestOfData } from "../../source/digest.ts";
import type { Column, ColumnType, TableInfo } from "../engine.ts";
import type { Cell, Rows } from "./rows.ts";

type MemoryCell = string | number | boolean | Date | readonly (string | number | boolean | null)[];

/** A row as a test writes it: dates as Date, everything else as it is. A field that is left out is missing. */
export type MemoryRow = Readonly<Record<string, MemoryCell | null | undefined>>;

/** Rows, with the columns' types where the rows do not show them. */
export interface MemoryTable {
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
  readonly rows: readonly MemoryRow[];
}

export interface Stored extends Rows {
  readonly info: TableInfo;
  readonly digest: string;
}

const natives: Readonly<Record<ColumnType, string>> = {
  string: "VARCHAR",
  integer: "BIGINT",
  float: "DOUBLE",
  boolean: "BOOLEAN",
  datetime: "TIMESTAMP",
  list: "VARCHAR[]",
  unknown: "BLOB",
};

/** The rows in the order and form that everything here reads. */
export function stored(name: string, table: MemoryTable): Stored {
  const columns = table.columns.map((column): Column => ({ ...column, native: natives[column.type] }));
  const rows = table.rows.map((row) =>
    columns.map((column): Cell => {
      const cell = Object.hasOwn(row, column.name) ? (row[column.name] ?? null) : null;
      if (cell instanceof Date) return cell.getTime();
      return typeof cell === "object" && cell !== null ? JSON.stringify(cell) : cell;
    }),
  );
  return { name, columns, rows, info: { columns, rows: rows.length }, digest: digestOfData([columns, rows]) };
}

/** The columns that the rows show, with the types of what stands in them. */
export function columnsOf(
  rows: readonly MemoryRow[],
): readonly { readonly name: string; readonly type: ColumnType }[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return names.map((name) => ({
    name,
    type: typeOf(rows.map((row) => row[name] ?? null).filter((cell) => cell !== null)),
  }));
}

function typeOf(cells: readonly MemoryCell[]): ColumnType {
  if (cells.length === 0) return "unknown";
  if (cells.every((cell) => Array.isArray(cell))) return "list";
  if (cells.every((cell) => typeof cell === "string")) return "string";
  if (cells.every((cell) => typeof cell === "boolean")) return "boolean";
  if (cells.every((cell) => cell instanceof Date)) return "datetime";
  if (cells.every((cell) => Number.isSafeInteger(cell))) return "integer";
  return cells.every((cell) => typeof cell === "number") ? "float" : "unknown";
}
