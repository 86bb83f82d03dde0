import { existsSync } from "node:fs";
import { duckDbDialect } from "./dialect.ts";
import { type TableFiles, unreadable } from "./files.ts";
import type { Statements } from "./session.ts";

const { quote, text } = duckDbDialect;
const database = quote("source database");

/**
 * Opens the database that the address names, to read only, and gives the select of its table. What it holds beside the
 * file is not read, so a database that somebody has open for writing is refused.
 */
export async function openDatabase(statements: Statements, files: TableFiles): Promise<string> {
  const [path = ""] = files.paths;
  if (existsSync(`${path}.wal`)) {
    throw unreadable(
      files.address,
      "some of its rows still lie in the .wal file beside it; close or CHECKPOINT it",
    );
  }
  await statements.run(`ATTACH ${text(path)} AS ${database} (READ_ONLY, TYPE duckdb)`);
  const found = await statements.rows(
    `SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'source database'
     UNION ALL SELECT schema_name, view_name FROM duckdb_views() WHERE database_name = 'source database' AND NOT internal`,
  );
  const names = found.map(([schema, table]) => [String(schema), String(table)] as const);
  const wanted = files.table;
  const fits = names.filter(
    ([schema, table]) => wanted === undefined || wanted === table || wanted === `${schema}.${table}`,
  );
  const [only] = fits;
  const list = names.map(([schema, table]) => (schema === "main" ? table : `${schema}.${table}`)).sort();
  const known = list.slice(0, 10).join(", ") + (list.length > 10 ? `, and ${list.length - 10} more` : "");
  if (only === undefined || fits.length > 1) {
    if (names.length === 0) throw unreadable(files.address, "the database holds no table");
    const trouble =
      wanted === undefined ? "it holds several tables" : `it has no table of its own called ${wanted}`;
    throw unreadable(files.address, `${trouble} (it has ${known}; name one after #)`);
  }
  return `SELECT * FROM ${database}.${quote(only[0])}.${quote(only[1])}`;
}

/** Everything that reading these files touches: a database looks for a log beside itself. */
export function pathsToRead({ format, paths }: TableFiles): readonly string[] {
  return format === "duckdb" ? paths.flatMap((path) => [path, `${path}.wal`]) : paths;
}

export async function closeDatabase(statements: Statements): Promise<void> {
  await statements.run(`DETACH ${database}`);
}
