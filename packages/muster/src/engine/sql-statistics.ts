import type { Column } from "./engine.ts";
import type { SqlColumns } from "./sql-columns.ts";
import { isFiniteSql } from "./sql-literal.ts";
import { cellSql } from "./sql-scan.ts";

/** Four numbers a column, in this order: distinct values, rows with one, least and greatest finite number. */
export function statisticsSql(columns: SqlColumns, of: readonly Column[]): string {
  const q = (name: string): string => columns.quote(name);
  const cells = of.map((column) => cellSql(columns, column));
  const inner = cells.map(({ sql }, i) => `${sql} AS ${q(`x${i}`)}`);
  const selected = cells.flatMap(({ numeric }, i) => {
    const x = q(`x${i}`);
    const extreme = (fn: string): string =>
      numeric ? `${fn}(CASE WHEN ${isFiniteSql(x)} THEN ${x} END)` : "CAST(NULL AS DOUBLE)";
    return [`APPROX_COUNT_DISTINCT(${x})`, `COUNT(${x})`, extreme("MIN"), extreme("MAX")];
  });
  const list = selected.map((sql, i) => `CAST(${sql} AS DOUBLE) AS ${q(`m${i}`)}`);
  return `SELECT ${list.join(", ")} FROM (SELECT ${inner.join(", ")} FROM ${q(columns.table)}) AS ${q("rows")}`;
}

/** Columns of which something can be said. */
export const isCountable = ({ type }: Column): boolean => type !== "unknown" && type !== "list";
