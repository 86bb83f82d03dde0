import { digestOfData } from "../source/digest.ts";
import { MusterError } from "../source/muster-error.ts";
import type { Column, Rename, TableInfo } from "./engine.ts";
import { unknownColumn } from "./unknown-column.ts";

/**
 * A table under the names that reads use: the columns in their stored order. Fails where a column is not there, is named
 * twice, or would take another's name.
 */
export function renamedInfo(table: string, info: TableInfo, rename: Rename): TableInfo {
  if (rename.size === 0) return info;
  const names = info.columns.map(({ name }) => name);
  const newNames = new Map<string, string>();
  for (const [to, from] of rename) {
    if (!names.includes(from)) throw unknownColumn(from, table, names);
    const other = newNames.get(from);
    if (other !== undefined) throw clash(table, `"${from}" cannot be called both "${other}" and "${to}"`);
    if (to === "" || to.includes("\0")) throw clash(table, `"${from}" needs a name`);
    newNames.set(from, to);
  }
  const columns = info.columns.map(
    (column): Column => ({ ...column, name: newNames.get(column.name) ?? column.name }),
  );
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (seen.has(name.toLowerCase())) {
      throw clash(table, `two of them would be called "${name}", in whatever case`);
    }
    seen.add(name.toLowerCase());
  }
  return { columns, rows: info.rows };
}

/** The digest of a table under other names, by its own: the same reads then mean other columns. */
export function renamedDigest(digest: string, rename: Rename): string {
  return rename.size === 0 ? digest : digestOfData([digest, [...rename].sort()]);
}

function clash(table: string, reason: string): MusterError {
  return new MusterError(
    "engine/failed",
    `The columns of table "${table}" cannot be renamed so: ${reason}.`,
    {
      hint: "Give every column of the data one name, and no name to two columns.",
    },
  );
}
