import { rm } from "node:fs/promises";
import { MusterError } from "../../source/muster-error.ts";
import type { NewColumn, NewValues, TableInfo } from "../engine.ts";
import { throwIfAborted } from "./aborted.ts";
import type { CurrentSession } from "./current-session.ts";
import { duckDbDialect } from "./dialect.ts";
import { checkNewColumns, describeView } from "./import.ts";
import { NewColumns, nameOf } from "./new-columns.ts";

const { quote, text } = duckDbDialect;

/** Makes `table` readable as `base` beside a file of new columns. */
export async function widenTable(
  current: CurrentSession,
  { table, base, columns }: { table: string; base: string; columns: readonly NewColumn[] },
  batches: AsyncIterable<Readonly<Record<string, NewValues>>>,
  signal: AbortSignal | undefined,
): Promise<TableInfo> {
  current.start(signal);
  const { tables } = current;
  tables.checkName(table);
  const from = tables.get(base);
  checkNewColumns(base, from.info.columns, columns.map(nameOf));
  if (table === base) throw new MusterError("engine/failed", "A widened table needs a name of its own.");
  const own = current.ownFile();
  try {
    const digestOn = await current.use(signal, `adding columns to "${base}"`, async (connection) => {
      const checked = new NewColumns(base, from.info, columns);
      const target = await connection.temporaryTable("new columns", columns);
      try {
        for await (const batch of batches) {
          throwIfAborted(signal);
          target.append(checked.take(batch));
        }
      } finally {
        target.end();
      }
      const digestOn = checked.finish();
      await connection.run(
        `COPY ${quote("new columns")} TO ${text(own)} (FORMAT parquet, COMPRESSION lz4_raw)`,
      );
      return digestOn;
    });
    // Both sides are read in their stored order, so that row n meets row n and nothing is copied.
    const select = `SELECT * FROM ${quote(base)} POSITIONAL JOIN read_parquet(${text(own)})`;
    const digest = async (): Promise<string> => digestOn(await from.digest());
    const change = { table, digest, select, files: from.files, own, base, alsoReads: [] };
    return await current.change(change, signal, `adding columns to "${base}"`, async (statements) => {
      if (!current.tables.has(base, from)) {
        throw new MusterError(
          "engine/failed",
          `Table "${base}" was replaced while columns were added to it.`,
        );
      }
      await statements.run(`CREATE VIEW ${quote(table)} AS ${select}`);
      return describeView(statements, table);
    });
  } catch (caught) {
    await rm(own, { force: true });
    throw caught;
  }
}
