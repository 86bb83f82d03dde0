import { digestOfData } from "../../source/digest.ts";
import { MusterError } from "../../source/muster-error.ts";
import type { Column, NewColumn } from "../engine.ts";
import type { Stored } from "./memory-table.ts";

/** The table with new columns beside its own; `added` has their values, as many as there are rows. */
export function widened(
  table: string,
  source: Stored,
  given: readonly NewColumn[],
  added: readonly (readonly (number | string | null)[])[],
): Stored {
  const names = given.map((column) => (typeof column === "string" ? column : column.text));
  const taken = source.columns.map((column) => column.name.toLowerCase());
  if (
    names.length === 0 ||
    table === source.name ||
    names.some((name) => taken.includes(name.toLowerCase()))
  ) {
    throw new MusterError(
      "engine/failed",
      `Table "${source.name}" cannot be widened by these columns under this name.`,
    );
  }
  if (added.some((values) => values.length !== source.rows.length)) {
    throw new MusterError(
      "engine/failed",
      `The new columns for "${source.name}" do not have its ${source.rows.length} rows.`,
    );
  }
  const columns = [
    ...source.columns,
    ...given.map(
      (column): Column =>
        typeof column === "string"
          ? { name: column, type: "float", native: "DOUBLE" }
          : { name: column.text, type: "string", native: "VARCHAR" },
    ),
  ];
  const rows = source.rows.map((row, i) => [...row, ...added.map((values) => values[i] ?? null)]);
  const digest = digestOfData([source.digest, names, added]);
  return { name: table, columns, rows, info: { columns, rows: rows.length }, digest };
}
