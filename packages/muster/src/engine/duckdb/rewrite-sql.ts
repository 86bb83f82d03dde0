import type { Aggregate } from "../../query/aggregate.ts";
import { sqlTexts } from "../../query/sql-texts.ts";
import type { SqlColumns } from "../sql-columns.ts";
import type { CurrentSession } from "./current-session.ts";
import { duckDbDialect } from "./dialect.ts";
import { rowSql, rowSqlProbe } from "./row-sql.ts";

/** For each table what stands for the pieces of SQL that somebody wrote about its rows. */
export async function rewriteSql(
  aggregates: readonly Aggregate[],
  session: Pick<CurrentSession, "use">,
  columnsOf: (table: string) => SqlColumns,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const pieces = aggregates.flatMap((one) => sqlTexts(one).map((sql) => [one.table, sql] as const));
  const byTable = new Map<string, Map<string, string>>();
  if (pieces.length === 0) return byTable;
  return session.use(signal, "reading SQL", async (statements) => {
    for (const [table, sql] of pieces) {
      const known = byTable.get(table) ?? new Map<string, string>();
      byTable.set(table, known);
      if (known.has(sql)) continue;
      const [row] = await statements.rows(
        `SELECT json_serialize_sql(${duckDbDialect.text(rowSqlProbe(sql))})`,
      );
      known.set(sql, rowSql(sql, String(row?.[0]), columnsOf(table)));
    }
    return byTable;
  });
}
