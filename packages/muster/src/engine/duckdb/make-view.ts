import type { Rename, TableInfo } from "../engine.ts";
import { renamedInfo } from "../rename.ts";
import type { CsvHeader } from "./csv-header.ts";
import { closeDatabase, openDatabase } from "./database.ts";
import { duckDbDialect } from "./dialect.ts";
import type { TableFiles } from "./files.ts";
import { checkNames, describeView } from "./import.ts";
import { readerSql } from "./reader.ts";
import type { Statements } from "./session.ts";

const { quote, text } = duckDbDialect;

export interface ViewSource {
  readonly files: TableFiles;
  readonly header: CsvHeader | undefined;
  /** The Parquet copy to make, for files that are parsed only once. */
  readonly own: string | undefined;
  readonly rename: Rename;
}

/** The rows of the files, or of the copy of them, under the names that the spec has for their columns. */
export function selectSql({ files, header, own, rename }: ViewSource): string {
  return `SELECT *${renamedSql(rename)} FROM ${storedSql(files, header, own)}`;
}

function renamedSql(rename: Rename): string {
  const list = [...rename].map(([to, from]) => `${quote(from)} AS ${quote(to)}`);
  return list.length === 0 ? "" : ` RENAME (${list.join(", ")})`;
}

/** The column of the rows' numbers in `numberedSql`, from 1. */
export const rowNumber = "number of the row";

/**
 * The same rows with their numbers as they stand in the one file, which cost nothing there; a window that counts them keeps
 * to one thread and copies every row. Nothing where there are many files or a column has such a name itself.
 */
export function numberedSql(source: ViewSource, names: readonly string[]): string | undefined {
  const { files, header, own, rename } = source;
  if (own === undefined && (files.format !== "parquet" || files.paths.length !== 1)) return undefined;
  const taken = [...names, ...rename.values()].map((name) => name.toLowerCase());
  if (taken.includes(rowNumber) || taken.includes("file_row_number")) return undefined;
  const list = renamedSql(rename);
  return `SELECT *${list}, file_row_number + 1 AS ${quote(rowNumber)} FROM ${storedSql(files, header, own)}`;
}

/** Makes the view, and before it the copy, after a look at the names in the files. */
export async function makeView(
  statements: Statements,
  table: string,
  source: ViewSource,
): Promise<TableInfo> {
  const { files, header, own, rename } = source;
  if (own !== undefined) {
    const inDatabase = files.format === "duckdb";
    const rows = inDatabase
      ? await openDatabase(statements, files)
      : `SELECT * FROM ${readerSql(files, header)}`;
    await statements.run(`COPY (${rows}) TO ${text(own)} (FORMAT parquet)`);
    if (inDatabase) await closeDatabase(statements);
  }
  await statements.run(`CREATE VIEW ${quote(table)} AS SELECT * FROM ${storedSql(files, header, own)}`);
  const stored = await describeView(statements, table);
  await checkNames(statements, files, stored);
  const info = renamedInfo(table, stored, rename);
  if (rename.size > 0) await statements.run(`CREATE OR REPLACE VIEW ${quote(table)} AS ${selectSql(source)}`);
  return info;
}

function storedSql(files: TableFiles, header: CsvHeader | undefined, own: string | undefined): string {
  return own === undefined ? readerSql(files, header) : `read_parquet(${text(own)})`;
}
