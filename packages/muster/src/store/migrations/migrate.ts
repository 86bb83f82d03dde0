import type { Kysely, Transaction } from "kysely";
import { MusterError } from "../../source/muster-error.ts";
import { CompiledQuery } from "../kysely.ts";
import type { StoreTables } from "../schema.ts";
import { evidenceReleasesAudit } from "./0001-evidence-releases-audit.ts";
import type { Migration, SchemaWords } from "./migration.ts";

/** All steps, in order; the version of the last is the schema that this Muster speaks. */
export const migrations: readonly Migration[] = [evidenceReleasesAudit];

/**
 * Brings the store to the newest of `steps`, all in one transaction. `made` says that the table of applied steps
 * is there already. A store that has been through a step unknown to this Muster is refused with
 * `store/unreadable` and left as it is: to write into it by old rules could spoil it.
 */
export async function migrate(
  db: Kysely<StoreTables>,
  words: SchemaWords,
  made: boolean,
  steps: readonly Migration[] = migrations,
): Promise<void> {
  const newest = steps.at(-1)?.version ?? 0;
  if (made && (await appliedVersion(db, newest)) === newest) return;
  await db.transaction().execute(async (transaction) => {
    await run(
      transaction,
      `create table if not exists muster_schema (
        version ${words.integer} primary key,
        name text not null,
        applied_at text not null
      )${words.tableEnd}`,
    );
    const version = await appliedVersion(transaction, newest);
    for (const step of steps.filter((each) => each.version > version)) {
      for (const statement of step.statements(words)) await run(transaction, statement);
      await transaction
        .insertInto("muster_schema")
        .values({ version: step.version, name: step.name, applied_at: new Date().toISOString() })
        .execute();
    }
  });
}

async function appliedVersion(db: Kysely<StoreTables>, newest: number): Promise<number> {
  const row = await db
    .selectFrom("muster_schema")
    .select("version")
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
  const version = Number(row?.version ?? 0);
  if (version > newest) {
    throw new MusterError(
      "store/unreadable",
      `The store was written by a newer Muster: it has schema ${version}, and this Muster knows schemas up to ${newest}. Nothing was changed.`,
      { hint: "Update Muster, or point it at another store." },
    );
  }
  return version;
}

async function run(transaction: Transaction<StoreTables>, statement: string): Promise<void> {
  await transaction.executeQuery(CompiledQuery.raw(statement));
}
