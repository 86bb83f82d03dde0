import type { Column } from "./engine.ts";
import { type SqlColumns, wrongType } from "./sql-columns.ts";
import { integerLiteral } from "./sql-literal.ts";

/** A column as `scan` gives it: numbers and milliseconds as DOUBLE, texts as STRING, booleans as they are. */
export function cellSql(
  columns: SqlColumns,
  column: Column,
): { readonly sql: string; readonly numeric: boolean } {
  switch (column.type) {
    case "integer":
    case "float":
      return { sql: columns.double(column), numeric: true };
    case "datetime":
      return { sql: `CAST(${columns.epoch(column)} AS DOUBLE)`, numeric: true };
    case "string":
      return { sql: columns.text(column), numeric: false };
    case "boolean":
      return { sql: columns.quote(column.name), numeric: false };
    case "list":
      return { sql: columns.dialect.listAsJson(columns.quote(column.name), column.native), numeric: false };
    case "unknown":
      throw wrongType(column, columns.table, "a text, number, boolean, date, time or a list of such");
  }
}

export function scanSql(columns: SqlColumns, wanted: readonly Column[]): string {
  const selected = wanted.map((column, i) => `${cellSql(columns, column).sql} AS ${columns.quote(`c${i}`)}`);
  const list = selected.length === 0 ? `1 AS ${columns.quote("row")}` : selected.join(", ");
  return `SELECT ${list} FROM ${columns.quote(columns.table)}`;
}

/** A table's rows, and what their number is called there. */
export interface NumberedRows {
  readonly from: string;
  readonly number: string;
}

/**
 * The rows whose number times the golden ratio falls into the first `rows` of `total` parts of the unit: spread more
 * evenly than by chance, and without a period that the data could have, too (D. Knuth, TAOCP 6.4, theorem S).
 */
export function sampleSql(
  columns: SqlColumns,
  wanted: readonly Column[],
  rows: number,
  total: number,
  source?: NumberedRows,
): string {
  const q = (name: string): string => columns.quote(name);
  const { from, number } = source ?? { from: q(columns.table), number: "ROW_NUMBER() OVER ()" };
  const places = wanted.map((_, i) => q(`c${i}`));
  const inner = [...wanted.map((column, i) => `${cellSql(columns, column).sql} AS ${places[i]}`)];
  const limit = integerLiteral(Math.min(2 ** 32, Math.ceil((2 ** 32 * rows) / Math.max(1, total))));
  return (
    `SELECT ${places.length === 0 ? "1" : places.join(", ")} FROM (SELECT ${[...inner, `${number} AS ${q("n")}`].join(", ")} ` +
    `FROM ${from}) AS ${q("rows")} WHERE ((${q("n")} % 2147483648) * 2654435769) % 4294967296 < ${limit}`
  );
}

/** Rows of `left` whose whole key stands in `right`; a null is equal to nothing, so a missing key stands nowhere. */
export function overlapSql(left: SqlColumns, right: SqlColumns, keys: readonly string[]): string {
  const q = (name: string): string => left.quote(name);
  const side = (columns: SqlColumns): string => {
    const selected = keys.map((key, i) => `${keySql(left, right, columns, key)} AS ${q(`k${i}`)}`);
    return `(SELECT ${selected.join(", ")} FROM ${q(columns.table)})`;
  };
  const equal = keys.map((_, i) => `${q("l")}.${q(`k${i}`)} = ${q("r")}.${q(`k${i}`)}`).join(" AND ");
  return (
    `SELECT CAST(COUNT(*) AS DOUBLE) AS ${q("rows")} FROM ${side(left)} AS ${q("l")} ` +
    `${left.dialect.semiJoin} ${side(right)} AS ${q("r")} ON ${equal}`
  );
}

/**
 * How two key columns of one name are compared: by value within one type, and as text where one side holds whole
 * numbers and the other texts, as when one file has no types. Anything else is a mistake.
 */
export function keyPairing(
  left: Column,
  right: Column,
  table: string,
): "exact" | "integer" | "double" | "text" | "epoch" {
  const only = (...types: readonly string[]): boolean =>
    types.includes(left.type) && types.includes(right.type);
  if (only("datetime")) return "epoch";
  if (only("boolean")) return "exact";
  if (only("integer")) return left.native === right.native ? "exact" : "integer";
  if (only("integer", "float")) return "double";
  if (only("integer", "string")) return "text";
  throw wrongType(left, table, `the type of the other table's column (${right.native})`);
}

function keySql(left: SqlColumns, right: SqlColumns, columns: SqlColumns, key: string): string {
  const column = columns.find(key);
  switch (keyPairing(left.find(key), right.find(key), left.table)) {
    case "epoch":
      return columns.epoch(column);
    case "exact":
      return columns.quote(column.name);
    case "integer":
      return `CAST(${columns.quote(column.name)} AS DECIMAL(38, 0))`;
    case "double":
      return `(${columns.double(column)}) + 0e0`;
    case "text":
      return columns.text(column);
  }
}
