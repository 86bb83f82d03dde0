import { digestOfData } from "../../source/digest.ts";
import { MusterError } from "../../source/muster-error.ts";
import { once } from "../../source/once.ts";
import type { Rename, TableInfo } from "../engine.ts";
import { renamedDigest } from "../rename.ts";
import type { CurrentSession } from "./current-session.ts";
import { pathsToRead } from "./database.ts";
import { readFiles } from "./digest.ts";
import { failure, tableReason } from "./failure.ts";
import { codeOf, findFiles, systemReason, unreadable } from "./files.ts";
import { checkedHeader } from "./import.ts";
import { makeView, numberedSql, selectSql, type ViewSource } from "./make-view.ts";
import type { DuckDbOptions } from "./options.ts";
import { checkStamps, stampFiles } from "./stamp.ts";

/**
 * Makes files readable as a table. The digest of Parquet files, which DuckDB reads where they lie, is taken beside
 * everything else that goes on: it speaks for the rows as long as the files keep the stamps that they have here.
 */
export async function attachFiles(
  current: CurrentSession,
  digests: DuckDbOptions["digests"],
  { table, address, rename }: { readonly table: string; readonly address: string; readonly rename: Rename },
  signal: AbortSignal | undefined,
): Promise<TableInfo> {
  current.start(signal);
  current.tables.checkName(table);
  const files = await findFiles(address);
  const stamps = await stampFiles(files.paths).catch((caught: unknown) => {
    throw unreadable(address, systemReason(codeOf(caught)), caught);
  });
  const ended = signal === undefined ? current.ended : AbortSignal.any([signal, current.ended]);
  const own = files.format === "parquet" ? undefined : current.ownFile();
  const read = once(() => readFiles(files, ended));
  const bytes = own === undefined && digests === "stamps" ? null : read;
  const digest = async (): Promise<string> =>
    renamedDigest(bytes === null ? digestOfData(stamps) : (await bytes()).digest, rename);
  const beginning = own === undefined ? "" : (await read()).beginning;
  const source: ViewSource = { files, header: checkedHeader(files, beginning), own, rename };
  const change = {
    table,
    digest,
    select: selectSql(source),
    numbered: (names: readonly string[]) => numberedSql(source, names),
    files: own === undefined ? stamps : [],
    ...(own !== undefined && { own }),
    alsoReads: pathsToRead(files),
  };
  const made = await current.change(change, signal, `reading "${address}"`, async (statements) => {
    try {
      const info = await makeView(statements, table, source);
      await checkStamps(table, stamps);
      return info;
    } catch (caught) {
      if (signal?.aborted || caught instanceof MusterError) throw caught;
      // Too little memory is no fault of the file.
      const failed = failure(caught, signal, `reading "${address}"`);
      if (failed.code === "engine/too-large") throw failed;
      // What the system says of a file that cannot be read is plainer than what DuckDB says.
      await bytes?.();
      throw unreadable(files.address, tableReason(caught), caught);
    }
  });
  // Whoever asks for the digest is told what went wrong; nobody has to ask.
  bytes?.().catch(() => undefined);
  return made;
}
