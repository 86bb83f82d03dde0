import type { Column } from "./engine.ts";
import { type SqlColumns, wrongType } from "./sql-columns.ts";

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
    case "unknown":
      throw wrongType(column, columns.table, "a text, number, boolean, date or time");
  }
}

export function scanSql(columns: SqlColumns, wanted: readonly Column[]): string {
  const selected = wanted.map((column, i) => `${cellSql(columns, column).sql} AS ${columns.quote(`c${i}`)}`);
  const list = selected.length === 0 ? `1 AS ${columns.quote("row")}` : selected.join(", ");
  return `SELECT ${list} FROM ${columns.quote(columns.table)}`;
}

/** Rows of `left` whose whole key stands in `right`. Keys are compared as `equals` would, text against text. */
export function overlapSql(left: SqlColumns, right: SqlColumns, keys: readonly string[]): string {
  const q = (name: string): string => left.quote(name);
  const names = keys.map((_, i) => q(`k${i}`));
  const select = (columns: SqlColumns): string => {
    const parts = keys.map((key, i) => `${keySql(left, right, columns, key)} AS ${q(`k${i}`)}`);
    return parts.join(", ");
  };
  const known = names.map((name) => `${name} IS NOT NULL`).join(" AND ");
  // One shuffle of keys on every engine; a correlated EXISTS takes twenty times as long.
  return (
    `SELECT CAST(COALESCE(SUM(CASE WHEN ${q("inRight")} > 0 THEN ${q("inLeft")} ELSE 0 END), 0) AS BIGINT) AS ${q("rows")} ` +
    `FROM (SELECT ${names.join(", ")}, SUM(${q("l")}) AS ${q("inLeft")}, SUM(${q("r")}) AS ${q("inRight")} FROM ` +
    `(SELECT ${select(left)}, 1 AS ${q("l")}, 0 AS ${q("r")} FROM ${q(left.table)} ` +
    `UNION ALL SELECT ${select(right)}, 0 AS ${q("l")}, 1 AS ${q("r")} FROM ${q(right.table)}) AS ${q("both")} ` +
    `WHERE ${known} GROUP BY ${names.join(", ")}) AS ${q("keys")}`
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
