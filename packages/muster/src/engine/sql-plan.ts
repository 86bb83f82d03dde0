import { type Asked, type PlannedStatement, planned } from "./explained.ts";
import { statementSql } from "./sql.ts";
import type { SqlColumns } from "./sql-columns.ts";
import { questionSql } from "./sql-question.ts";
import { overlapSql } from "./sql-scan.ts";

/** The statements for all that is asked, as SQL of the tables' dialect. */
export function plannedSql(
  asked: readonly Asked[],
  columnsOf: (table: string) => SqlColumns,
): readonly PlannedStatement[] {
  return planned(asked, (one) => {
    if (!("kind" in one)) return statementSql(columnsOf(one.table), one).sql;
    return one.kind === "question"
      ? questionSql(columnsOf(one.question.table), one.question).sql
      : overlapSql(columnsOf(one.left), columnsOf(one.right), one.keys);
  });
}
