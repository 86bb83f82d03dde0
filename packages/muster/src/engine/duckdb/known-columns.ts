import type { Aggregate } from "../../query/aggregate.ts";
import type { TableInfo } from "../engine.ts";
import { SqlColumns } from "../sql-columns.ts";
import type { CurrentSession } from "./current-session.ts";
import { duckDbDialect } from "./dialect.ts";
import type { RepeatedValues } from "./repeated-values.ts";
import { rewriteSql } from "./rewrite-sql.ts";

/** The columns of tables with all that statements for these aggregates need to know; where `repeated` is absent nothing is counted. */
export async function knownColumns(
  aggregates: readonly Aggregate[],
  session: Pick<CurrentSession, "use">,
  infoOf: (table: string) => TableInfo,
  repeated: RepeatedValues | undefined,
  signal: AbortSignal | undefined,
): Promise<(table: string) => SqlColumns> {
  const plain = (table: string): SqlColumns => new SqlColumns(duckDbDialect, table, infoOf(table));
  const rewritten = await rewriteSql(aggregates, session, plain, signal);
  const tableOf = (table: string) => ({ info: infoOf(table), columns: plain(table) });
  const often = await repeated?.of(aggregates, session, tableOf, signal);
  return (table) =>
    new SqlColumns(duckDbDialect, table, infoOf(table), {
      rewritten: rewritten.get(table) ?? new Map(),
      repeated: often?.get(table) ?? new Set(),
    });
}
