import { mostReviewed } from "../checks/data/audit-sample.ts";
import type { Engine } from "../engine/engine.ts";
import type { ToldRows } from "../query/question.ts";
import { MusterError } from "../source/muster-error.ts";

/** All rows of a file that people have filled in, as texts. Throws `call/bad-argument` for more than people review. */
export async function toldRows(
  engine: Engine,
  table: string,
  columns: readonly string[],
  signal: AbortSignal,
): Promise<ToldRows> {
  if (engine.info(table).rows > mostReviewed)
    throw new MusterError("call/bad-argument", `The ${table} file has more than ${mostReviewed} rows.`);
  const { answer } = await engine.ask({ kind: "rows", table, columns, most: mostReviewed }, signal);
  return answer as ToldRows;
}
