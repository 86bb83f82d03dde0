import { accessSync, chmodSync, constants, mkdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type Database from "libsql";
import { MusterError } from "../source/muster-error.ts";
import { Kysely } from "./kysely.ts";
import { migrate, newestVersion, schemaVersion } from "./migrations/migrate.ts";
import { sqliteWords } from "./migrations/sqlite-words.ts";
import { patiently } from "./patience.ts";
import type { StoreTables } from "./schema.ts";
import { createSqlStore } from "./sql-store.ts";
import { ImmediateDialect } from "./sqlite-dialect.ts";
import { explainSqlite, isBusy } from "./sqlite-errors.ts";
import { shrinkLog, useDurably, waitForLocks } from "./sqlite-settings.ts";
import type { Store } from "./store.ts";

/**
 * How long a piece of work comes back for a lock in all, with the event loop running in between. A disk that others fill can
 * hold one commit for many seconds, and who waits may have measured for an hour.
 */
const patienceMs = 60_000;
/** How long calls may follow each other before the event loop gets a turn. */
const workMs = 20;

/**
 * Opens the store in `folder`, which is made if only it itself is missing; the store is the file `store.db` in it,
 * made if it is missing or empty. Every commit is on the disk when its promise resolves (WAL, synchronous FULL).
 * Any number of processes of one machine may have it open; a folder on a network share is not safe. Throws
 * `store/unreadable` for a file that is no store of this or an older Muster, `store/failed` for a place that cannot
 * be written; what lies there is then as it was.
 */
export async function openSqliteStore(folder: string): Promise<Store> {
  const path = join(resolve(folder), "store.db");
  const fresh = prepare(resolve(folder), path);
  let turned = performance.now();
  const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
    // SQLite answers without ever waiting for the event loop: timers, signals and the release of statements would
    // starve behind a long series of calls.
    if (performance.now() - turned > workMs) {
      await nextTurn();
      turned = performance.now();
    }
    try {
      return await patiently(work, isBusy, patienceMs);
    } catch (caught) {
      throw explainSqlite(caught, path);
    }
  };

  const sqlite = await loadSqlite();
  const database = await attempt(async () => new sqlite(path));
  const db = new Kysely<StoreTables>({ dialect: new ImmediateDialect(database) });
  try {
    // Before anything else is written, since the files beside it take over its permissions.
    if (fresh) chmodSync(path, 0o600);
    waitForLocks(database);
    const version = await attempt(async () => (isStore(database, path) ? schemaVersion(db) : 0));
    await attempt(async () => useDurably(database, path));
    if (version < newestVersion()) await attempt(() => migrate(db, sqliteWords));
  } catch (caught) {
    database.close();
    throw explainSqlite(caught, path);
  }
  return createSqlStore(db, {
    attempt,
    close: async () => {
      shrinkLog(database);
      database.close();
    },
  });
}

/** SQLite itself, which is a native part for each platform. Throws `store/failed` where it is not installed. */
export async function loadSqlite(
  load: () => Promise<{ readonly default: typeof Database }> = () => import("libsql"),
): Promise<typeof Database> {
  try {
    return (await load()).default;
  } catch (caught) {
    const platform = `${process.platform}-${process.arch}`;
    throw new MusterError("store/failed", `The store's native part for ${platform} cannot be loaded.`, {
      cause: caught,
      hint: "Install again without --omit=optional, on the platform that is to run Muster.",
    });
  }
}

/** Refuses places that cannot work, before SQLite touches them. True if there is no file yet. */
function prepare(folder: string, path: string): boolean {
  try {
    makeFolder(folder);
    // The log first: a store that is being made has bytes before its log has.
    const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
    const file = statSync(path, { throwIfNoEntry: false });
    const bytes = file?.size ?? 0;
    if (bytes === 0 && (log?.size ?? 0) > 0) {
      throw new MusterError(
        "store/unreadable",
        `${path} is ${file === undefined ? "missing" : "empty"}, but its log ${path}-wal holds data. Nothing was changed.`,
        { hint: "Restore both files from one backup, or move the log away to begin a new store." },
      );
    }
    // Smaller than the smallest page SQLite knows; it would take one of the tiniest for empty and write over it.
    if (file !== undefined && (!file.isFile() || (bytes > 0 && bytes < 512))) throw notAStore(path);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    if (file !== undefined) accessSync(path, constants.R_OK | constants.W_OK);
    return file === undefined;
  } catch (caught) {
    throw explainSqlite(caught, path);
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (caught) {
    // Also when another process has made it just now.
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw caught;
  }
}

/** True for a store, false for an empty file; anything else is refused before it is written to. */
function isStore(database: Database.Database, path: string): boolean {
  const tables = database.prepare("select name from sqlite_master where type = 'table'").all();
  if (tables.length === 0) return false;
  const names = new Set(
    tables.map((row) => (typeof row === "object" && row !== null && "name" in row ? row.name : null)),
  );
  if (!names.has("muster_schema")) throw notAStore(path);
  return true;
}

function notAStore(path: string): MusterError {
  return new MusterError("store/unreadable", `${path} is not a store of Muster. Nothing was changed.`, {
    hint: "Point Muster at another folder, or move that file away.",
  });
}
