import { MusterError } from "../source/muster-error.ts";

/** What is used of a connection here. */
export interface SqliteConnection {
  exec(sql: string): unknown;
  prepare(sql: string): { all(): unknown[] };
}

/** How long SQLite itself waits for a lock: the event loop stands still meanwhile. */
const blockingWaitMs = 200;

/** To be set before the first statement that may meet a lock. */
export function waitForLocks(database: SqliteConnection): void {
  database.exec(`pragma busy_timeout = ${blockingWaitMs}`);
}

/**
 * Makes the connection write through to the disk at every commit, check references and distrust functions that a
 * file brings with it; readers and one writer do not stop each other. Throws `store/failed` where the file system
 * lacks the shared memory that this takes.
 */
export function useDurably(database: SqliteConnection, path: string): void {
  const mode = JSON.stringify(database.prepare("pragma journal_mode = wal").all());
  if (!mode.includes('"wal"')) {
    throw new MusterError("store/failed", `The file system of ${path} cannot keep a write-ahead log.`, {
      hint: "Put the store on a local disk.",
    });
  }
  database.exec("pragma synchronous = full; pragma foreign_keys = on; pragma trusted_schema = off");
}

/** Moves the log into the file, if nobody else is using it, so that a closed store is one file. */
export function shrinkLog(database: SqliteConnection): void {
  try {
    database.exec("pragma busy_timeout = 0");
    database.prepare("pragma wal_checkpoint(truncate)").all();
  } catch {
    // The next one to open the store reads the log as well.
  }
}
