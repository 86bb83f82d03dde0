import { relative } from "node:path";
import { MusterError } from "../../source/muster-error.ts";
import type { Column, TableInfo } from "../engine.ts";
import { type CsvHeader, readCsvHeader } from "./csv-header.ts";
import { columnType, duckDbDialect } from "./dialect.ts";
import { type TableFiles, unreadable } from "./files.ts";
import { mayHideTwins, twinColumns } from "./names.ts";
import { namesSql } from "./reader.ts";
import type { Statements } from "./session.ts";

/** The header of a CSV file, after a look at what would make it no table. */
export function checkedHeader(files: TableFiles, beginning: string): CsvHeader | undefined {
  if (files.format !== "csv") return undefined;
  const header = readCsvHeader(beginning, /\.tsv(\.gz)?$/i.test(files.paths[0] ?? "") ? ["\t"] : undefined);
  if (header.names.every((name) => name.trim() === "")) {
    throw unreadable(files.address, "its first line names no columns");
  }
  refuseTwins(files.address, header.names);
  return header;
}

/** Beyond it looking at every schema takes longer than reading. */
const mostFilesToCompare = 1000;

/**
 * Columns that DuckDB had to rename are found by the names in the file; and so is a column that some of several Parquet
 * files hold as something else, which would make all of it text or lists.
 */
export async function checkNames(statements: Statements, files: TableFiles, info: TableInfo): Promise<void> {
  if (files.format === "parquet" && files.paths.length > 1 && files.paths.length <= mostFilesToCompare) {
    refuseOtherKinds(files, rootsOfParquet(await statements.rows(namesSql(files))));
  }
  const names = info.columns.map((column) => column.name);
  if (files.format !== "csv" && files.format !== "duckdb" && mayHideTwins(names)) {
    for (const stored of await storedNames(statements, files)) refuseTwins(files.address, stored);
  }
}

function refuseTwins(address: string, names: readonly string[]): void {
  const twins = twinColumns(names);
  if (twins === undefined) return;
  const [a, b] = twins;
  throw unreadable(
    address,
    a === b ? `it has two columns "${a}"` : `its columns "${a}" and "${b}" differ only by case`,
  );
}

/** The columns' names as they stand in the files: for Parquet file by file, for JSON all that occur. */
async function storedNames(
  statements: Statements,
  files: TableFiles,
): Promise<readonly (readonly string[])[]> {
  const found = await statements.rows(namesSql(files));
  if (files.format !== "parquet") return [found.map(([, name]) => String(name))];
  return [...rootsOfParquet(found).values()].map((roots) => roots.map(({ name }) => name));
}

interface Root {
  readonly name: string;
  readonly kind: "number" | "text" | "boolean" | "nested";
}

/** The columns of each file, from the rows of its schema. */
function rootsOfParquet(found: readonly (readonly unknown[])[]): ReadonlyMap<string, readonly Root[]> {
  // The schema of a file is a tree written in order: the root first, every group before its children.
  const ofFile = new Map<string, Root[]>();
  let inside = 0;
  for (const [file, name, children, type] of found) {
    const roots = ofFile.get(String(file));
    if (roots === undefined) {
      ofFile.set(String(file), []);
      inside = 0;
      continue;
    }
    if (inside === 0) roots.push({ name: String(name), kind: kindOf(Number(children ?? 0), String(type)) });
    inside = Math.max(0, inside - 1) + Number(children ?? 0);
  }
  return ofFile;
}

function kindOf(children: number, type: string): Root["kind"] {
  if (children > 0) return "nested";
  if (type === "BOOLEAN") return "boolean";
  // Decimals and 96-bit times are numbers in bytes of a fixed length.
  return type === "BYTE_ARRAY" ? "text" : "number";
}

function refuseOtherKinds(files: TableFiles, ofFile: ReadonlyMap<string, readonly Root[]>): void {
  const first = new Map<string, { readonly kind: Root["kind"]; readonly file: string }>();
  for (const [file, roots] of ofFile) {
    for (const { name, kind } of roots) {
      const before = first.get(name);
      if (before === undefined) first.set(name, { kind, file });
      else if (before.kind !== kind) {
        const [a, b] = [before.file, file].map((path) => relative(files.root, path));
        throw unreadable(files.address, `its column "${name}" is ${before.kind} in ${a} and ${kind} in ${b}`);
      }
    }
  }
}

/** What DuckDB knows of a view. */
export async function describeView(statements: Statements, table: string): Promise<TableInfo> {
  const quoted = duckDbDialect.quote(table);
  const described = await statements.rows(`DESCRIBE ${quoted}`);
  const columns = described.map(([name, native]): Column => {
    return { name: String(name), native: String(native), type: columnType(String(native)) };
  });
  const [counted] = await statements.rows(`SELECT CAST(COUNT(*) AS DOUBLE) FROM ${quoted}`);
  return { columns, rows: Number(counted?.[0] ?? 0) };
}

/** New columns must be some, and none may be there already. */
export function checkNewColumns(base: string, existing: readonly Column[], columns: readonly string[]): void {
  if (columns.length === 0) throw new MusterError("engine/failed", "Widening needs at least one column.");
  const taken = new Set(existing.map((column) => column.name.toLowerCase()));
  for (const name of columns) {
    if (name === "" || taken.has(name.toLowerCase())) {
      throw new MusterError("engine/failed", `Table "${base}" cannot take another column "${name}".`, {
        hint: "Every column needs a name, and no two may differ only by case.",
      });
    }
    taken.add(name.toLowerCase());
  }
}
