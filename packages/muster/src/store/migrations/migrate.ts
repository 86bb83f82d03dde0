import type { Kysely, Transaction } from "kysely";
import { MusterError } from "../../source/muster-error.ts";
import { CompiledQuery } from "../kysely.ts";
import type { StoreTables } from "../schema.ts";
import { evidenceReleasesAudit } from "./0001-evidence-releases-audit.ts";
import { approvalsSpecTexts } from "./0002-approvals-spec-texts.ts";
import { preparedReleases } from "./0003-prepared-releases.ts";
import type { Migration, SchemaWords } from "./migration.ts";

/** All steps, in order; the version of the last is the schema that this Muster speaks. */
export const migrations: readonly Migration[] = [evidenceReleasesAudit, approvalsSpecTexts, preparedReleases];

export function newestVersion(steps: readonly Migration[] = migrations): number {
  return steps.at(-1)?.version ?? 0;
}

/**
 * The schema that a store has reached; it reads only. Throws `store/unreadable` for one that is unknown to this
 * Muster: to write into it by old rules could spoil it.
 */
export async function schemaVersion(
  db: Kysely<StoreTables>,
  steps: readonly Migration[] = migrations,
): Promise<number> {
  const row = await db
    .selectFrom("muster_schema")
    .select("version")
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
  const version = Number(row?.version ?? 0);
  const newest = newestVersion(steps);
  if (version > newest) {
    throw new MusterError(
      "store/unreadable",
      `The store was written by a newer Muster: it has schema ${version}, and this Muster knows schemas up to ${newest}. Nothing was changed.`,
      { hint: "Update Muster, or point it at another store." },
    );
  }
  return version;
}

/** Brings a store, also an empty one, to the newest of `steps`: all that are missing in one transaction, or none. */
export async function migrate(
  db: Kysely<StoreTables>,
  words: SchemaWords,
  steps: readonly Migration[] = migrations,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await run(
      transaction,
      `create table if not exists muster_schema (
        version ${words.integer} primary key,
        name text not null,
        applied_at text not null
      )${words.tableEnd}`,
    );
    // Asked again behind the write lock: another process may have been faster.
    const version = await schemaVersion(transaction, steps);
    for (const step of steps.filter((each) => each.version > version)) {
      for (const statement of step.statements(words)) await run(transaction, statement);
      await transaction
        .insertInto("muster_schema")
        .values({ version: step.version, name: step.name, applied_at: new Date().toISOString() })
        .execute();
    }
  });
}

async function run(transaction: Transaction<StoreTables>, statement: string): Promise<void> {
  await transaction.executeQuery(CompiledQuery.raw(statement));
}
