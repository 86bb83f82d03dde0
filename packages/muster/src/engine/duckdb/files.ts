import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { MusterError } from "../../source/muster-error.ts";

/** The files of one table. */
export interface TableFiles {
  readonly address: string;
  readonly format: Format;
  /** Absolute, sorted by their names relative to `root`. */
  readonly paths: readonly string[];
  readonly root: string;
  /** Whether the address names many files: a folder or a pattern. */
  readonly many: boolean;
  /** Of a database, the table that the address names after `#`; without one it must hold one only. */
  readonly table?: string;
}

export type Format = "parquet" | "csv" | "json_lines" | "json" | "duckdb";

const maxFiles = 10_000;

const formats: readonly (readonly [pattern: RegExp, format: Format])[] = [
  [/\.(parquet|pq)$/i, "parquet"],
  [/\.(csv|tsv)(\.gz)?$/i, "csv"],
  [/\.(jsonl|ndjson)(\.gz)?$/i, "json_lines"],
  [/\.json(\.gz)?$/i, "json"],
  [/\.(duckdb|ddb|db)$/i, "duckdb"],
];

export function unreadable(address: string, reason: string, cause?: unknown): MusterError {
  return new MusterError("engine/unreadable-table", `Cannot read "${address}" as a table: ${reason}.`, {
    cause,
    hint:
      "Give a Parquet, CSV or JSON lines file (the last two also as .gz), a folder or pattern of such files, or a table of " +
      "a DuckDB file (data.duckdb#table).",
  });
}

/**
 * Finds the files that an address names: one file, a folder of them, a pattern with `*`, `?` and `**`, or a database with
 * a table of it behind `#`.
 */
export async function findFiles(address: string): Promise<TableFiles> {
  if (address === "" || address.includes("\0")) throw unreadable(address, "that is no file name");
  const absolute = resolve(address);
  const found = await statOrNull(address, absolute);
  if (found?.isFile()) {
    const format = formatOf(absolute);
    if (format === undefined) throw unreadable(address, "its name does not end in a known format");
    if (found.size === 0) throw unreadable(address, "it is empty");
    return { address, format, paths: [absolute], root: dirname(absolute), many: false };
  }
  if (found === null) {
    const inDatabase = await tableOfDatabase(address);
    if (inDatabase !== null) return inDatabase;
  }
  if (found !== null && !found.isDirectory()) throw unreadable(address, "it is neither a file nor a folder");
  if (found === null && !/[*?]/.test(address)) throw unreadable(address, "there is no such file");
  const root = found === null ? fixedPart(absolute) : absolute;
  const pattern = found === null ? patternOf(relative(root, absolute)) : undefined;
  const paths = await list(address, root, pattern);
  const byFormat = new Set(paths.map(formatOf));
  const [format] = byFormat;
  if (format === undefined) throw unreadable(address, "no file of a known format is there");
  if (byFormat.size > 1)
    throw unreadable(address, `it holds several formats (${[...byFormat].sort().join(", ")})`);
  return { address, format, paths, root, many: true };
}

/** `data.duckdb#table`, where no file is called so. */
async function tableOfDatabase(address: string): Promise<TableFiles | null> {
  const match = /^(.+\.(?:duckdb|ddb|db))#(.+)$/is.exec(address);
  const [, file = "", table = ""] = match ?? [];
  if (match === null) return null;
  const path = resolve(file);
  const found = await statOrNull(address, path);
  if (found === null) throw unreadable(address, `there is no file ${file}`);
  if (!found.isFile()) throw unreadable(address, `${file} is no file`);
  return { address, format: "duckdb", paths: [path], root: dirname(path), many: false, table };
}

async function statOrNull(address: string, path: string): Promise<Awaited<ReturnType<typeof stat>> | null> {
  try {
    return await stat(path);
  } catch (caught) {
    const code = codeOf(caught);
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw unreadable(address, systemReason(code), caught);
  }
}

/** The system's own code of a failure, or nothing. */
export const codeOf = (caught: unknown): string =>
  typeof caught === "object" && caught !== null && "code" in caught ? String(caught.code) : "";

/** A failure of the system in words. */
export function systemReason(code: string): string {
  if (code === "EACCES" || code === "EPERM") return "it may not be read by this user";
  if (code === "ENAMETOOLONG") return "its name is too long";
  if (code === "ELOOP") return "its links go in a circle";
  return `the system says ${code === "" ? "no" : code}`;
}

function formatOf(path: string): Format | undefined {
  return formats.find(([pattern]) => pattern.test(basename(path)))?.[1];
}

/** The folders before the first one that is a pattern. */
function fixedPart(pattern: string): string {
  const parts = pattern.split(sep);
  const first = parts.findIndex((part) => /[*?]/.test(part));
  return parts.slice(0, first).join(sep) || sep;
}

function patternOf(pattern: string): RegExp {
  const parts = pattern.split(sep).map((part) => {
    if (part === "**") return "(?:[^/]+/)*";
    const text = part.replace(/[.+^${}()|[\]\\]/g, "\\$&");
    return `${text.replaceAll("*", "[^/]*").replaceAll("?", "[^/]")}/`;
  });
  return new RegExp(`^${parts.join("").replace(/\/$/, "")}$`);
}

async function list(address: string, root: string, pattern: RegExp | undefined): Promise<readonly string[]> {
  let names: string[];
  try {
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    names = entries
      .filter((entry) => entry.isFile() || entry.isSymbolicLink())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, "/"));
  } catch (caught) {
    const code = codeOf(caught);
    throw unreadable(address, code === "ENOENT" ? "there is no such folder" : systemReason(code), caught);
  }
  // Names that start with a dot or an underscore are what writers leave beside their data.
  const kept = names.filter(
    (name) =>
      formatOf(name) !== undefined &&
      !/(^|\/)[._]/.test(name) &&
      (pattern === undefined || pattern.test(name)),
  );
  if (kept.length > maxFiles) throw unreadable(address, `it names more than ${maxFiles} files`);
  return kept.sort().map((name) => join(root, name));
}
