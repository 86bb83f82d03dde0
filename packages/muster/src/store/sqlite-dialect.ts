import type { DatabaseConnection, Driver, SqliteDatabase } from "kysely";
import { CompiledQuery, SqliteDialect, SqliteDriver } from "./kysely.ts";

/** Kysely's SQLite dialect, with the write lock taken where a transaction begins. */
export class ImmediateDialect extends SqliteDialect {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    super({ database });
    this.#database = database;
  }

  override createDriver(): Driver {
    return new ImmediateDriver({ database: this.#database });
  }
}

class ImmediateDriver extends SqliteDriver {
  // A transaction that reads first and asks for the lock later cannot go on if somebody has written in between.
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await super.rollbackTransaction(connection);
    } catch {
      // After a full disk, say, SQLite has rolled back by itself; the first error is the one to tell.
    }
  }
}
