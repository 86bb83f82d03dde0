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

/** One key of either table in terms that both tables' columns share. */
function keySql(left: SqlColumns, right: SqlColumns, columns: SqlColumns, key: string): string {
  const pair = [left.find(key), right.find(key)];
  const types = pair.map((column) => column.type);
  const column = columns.find(key);
  if (types.every((type) => type === "datetime")) return columns.epoch(column);
  if (types.every((type) => type === "boolean")) return columns.quote(column.name);
  if (types.every((type) => type === "integer")) {
    const quoted = columns.quote(column.name);
    return pair[0]?.native === pair[1]?.native ? quoted : `CAST(${quoted} AS DECIMAL(38, 0))`;
  }
  const numeric = types.every((type) => type === "integer" || type === "float");
  if (numeric) return `(${columns.double(column)}) + 0e0`;
  // A whole number and its text are one key, as when one side comes from a file without types.
  const textual = types.every((type) => type === "string" || type === "integer");
  if (textual) return columns.text(column);
  const other = columns === left ? right.find(key) : left.find(key);
  throw wrongType(column, columns.table, `the type of the other table's key (${other.native})`);
}
