import type { Kysely, Transaction } from "kysely";
import type { Attempt } from "../claims/attempt.ts";
import { MusterError } from "../source/muster-error.ts";
import { maxEvidence, maxEvidencePerClaim, maxListed } from "./bounds.ts";
import type { NewRelease } from "./rows.ts";
import type { Row, StoreTables } from "./schema.ts";

type Tx = Transaction<StoreTables>;

// Eleven columns each stay far below SQLite's 32,766 parameters a statement and PostgreSQL's 65,535.
const rowsPerInsert = 200;

export async function addEvidence(tx: Tx, rows: readonly Row<"evidence">[]): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsPerInsert) {
    await tx
      .insertInto("evidence")
      .values(rows.slice(from, from + rowsPerInsert))
      .execute();
  }
}

export async function addAudit(tx: Tx, entry: Row<"audit">): Promise<void> {
  await tx.insertInto("audit").values(entry).execute();
}

/** False if there is a row of that id, which is left as it is. */
export async function insertNew<Table extends "runs" | "waivers" | "approvals">(
  tx: Tx,
  table: Table,
  row: Row<Table>,
): Promise<boolean> {
  // Kysely types no statement on a table that is one of several.
  const added = await tx
    .insertInto(table as "runs")
    .values(row as unknown as Row<"runs">)
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .execute();
  return added.length === 1;
}

/** The rows of a spec, the newest first. */
export async function selectNewest<Table extends "runs" | "waivers" | "approvals" | "spec_texts" | "audit">(
  db: Kysely<StoreTables>,
  table: Table,
  spec: string,
  most: number,
): Promise<Row<Table>[]> {
  const rows = await db
    .selectFrom(table as "audit")
    .selectAll()
    .where("spec", "=", spec)
    .orderBy("seq", "desc")
    .limit(most)
    .execute();
  return rows as unknown as Row<Table>[];
}

/**
 * The newest evidence of each (claim, subject, data, model); of each claim the newest hundred, so that a claim
 * that was measured on very many models does not crowd out the others.
 */
export function selectEvidence(db: Kysely<StoreTables>, spec: string): Promise<Row<"evidence">[]> {
  return db
    .with("newest", (query) =>
      query
        .selectFrom("evidence")
        .select((each) => ["claim_id", each.fn.max("seq").as("seq")])
        .where("spec", "=", spec)
        .groupBy(["claim_id", "subject_digest", "data_digest", "model_digest"]),
    )
    .with("placed", (query) =>
      query.selectFrom("newest").select((each) => [
        "seq",
        each.fn
          .agg<number>("row_number")
          .over((over) => over.partitionBy("claim_id").orderBy("seq", "desc"))
          .as("place"),
      ]),
    )
    .selectFrom("placed")
    .innerJoin("evidence", "evidence.seq", "placed.seq")
    .selectAll("evidence")
    .where("placed.place", "<=", maxEvidencePerClaim)
    .orderBy("evidence.seq", "desc")
    .limit(maxEvidence)
    .execute();
}

/** Evidence is never deleted, so its first of each model tells the order of the attempts. */
export async function selectAttempts(db: Kysely<StoreTables>, spec: string): Promise<readonly Attempt[]> {
  const rows = await db
    .selectFrom("evidence")
    .select((each) => ["claim_id", "data_digest", "model_digest", each.fn.min("seq").as("first")])
    .where("spec", "=", spec)
    .where("check_id", "=", "evaluation/metric")
    .where("data_digest", "is not", null)
    .where("model_digest", "is not", null)
    .groupBy(["claim_id", "data_digest", "model_digest"])
    .orderBy("first")
    .limit(maxListed)
    .execute();
  return rows.map((row) => ({
    claimId: row.claim_id,
    dataDigest: row.data_digest ?? "",
    modelDigest: row.model_digest ?? "",
  }));
}

/**
 * The next number is the highest committed one and one more. Where writers do not queue up (PostgreSQL), two may
 * want the same; the primary key lets one of them have it and the other asks again, so no number is left out.
 */
export async function insertRelease(tx: Tx, row: NewRelease): Promise<string> {
  for (let round = 0; round < 100; round += 1) {
    const last = await tx
      .selectFrom("releases")
      .select("number")
      .where("spec", "=", row.spec)
      .orderBy("number", "desc")
      .limit(1)
      .executeTakeFirst();
    const number = Number(last?.number ?? 0) + 1;
    const added = await tx
      .insertInto("releases")
      .values({ ...row, number, id: `r${number}` })
      .onConflict((conflict) => conflict.doNothing())
      .returning("id")
      .executeTakeFirst();
    if (added !== undefined) return added.id;
  }
  throw new MusterError("store/conflict", `Too many releases of ${row.spec} are being added at once.`, {
    hint: "Try again.",
  });
}

/** True if the role pointed nowhere and now points to the release. */
export async function placePointer(tx: Tx, row: Row<"pointers">): Promise<boolean> {
  const placed = await tx
    .insertInto("pointers")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning("role")
    .execute();
  return placed.length === 1;
}

/** True if the role pointed to `from` and now points to the release. */
export async function replacePointer(tx: Tx, row: Row<"pointers">, from: string): Promise<boolean> {
  const moved = await tx
    .updateTable("pointers")
    .set({ release_id: row.release_id, moved_by: row.moved_by, moved_at: row.moved_at })
    .where("spec", "=", row.spec)
    .where("role", "=", row.role)
    .where("release_id", "=", from)
    .returning("role")
    .execute();
  return moved.length === 1;
}

/** Where a role points now. */
export async function standing(tx: Tx, spec: string, role: string): Promise<string | null> {
  const row = await tx
    .selectFrom("pointers")
    .select("release_id")
    .where("spec", "=", spec)
    .where("role", "=", role)
    .executeTakeFirst();
  return row?.release_id ?? null;
}
