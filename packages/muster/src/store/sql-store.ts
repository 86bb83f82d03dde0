import type { Kysely, Transaction } from "kysely";
import type { Approval } from "../claims/approval.ts";
import type { Attempt } from "../claims/attempt.ts";
import type { Evidence } from "../claims/evidence.ts";
import type { Waiver } from "../claims/waiver.ts";
import { listLimit, maxKeptSpecs, maxListed, maxReleasesListed } from "./bounds.ts";
import { movedMeanwhile, noSuchRelease, taken, usedAfterClose } from "./refusals.ts";
import {
  approvalOf,
  approvalRow,
  auditOf,
  auditRow,
  evidenceOf,
  evidenceRows,
  keptSpecOf,
  keptSpecRow,
  pointerOf,
  pointerRow,
  releaseOf,
  releaseRow,
  runOf,
  runRow,
  waiverOf,
  waiverRow,
} from "./rows.ts";
import type { StoreTables } from "./schema.ts";
import {
  addAudit,
  addEvidence,
  insertNew,
  insertRelease,
  placePointer,
  replacePointer,
  selectAttempts,
  selectEvidence,
  selectNewest,
  standing,
} from "./sql-statements.ts";
import type { AuditEntry, KeptSpec, Pointer, Release, Role, Run, Store } from "./store.ts";

/** What a database must say of itself, beyond what Kysely hides. */
export interface SqlHost {
  /** Runs a piece of work whole or not at all, again while the database asks to come back; throws MusterError. */
  attempt<T>(work: () => Promise<T>): Promise<T>;
  /** Called once, when nothing is under way any more. */
  close(): Promise<void>;
}

type Db = Kysely<StoreTables>;
type Tx = Transaction<StoreTables>;

/**
 * The store over any database that Kysely speaks to and that `migrate` has prepared. It says only what SQLite and
 * PostgreSQL both understand.
 */
export function createSqlStore(db: Db, host: SqlHost): Store {
  const underWay = new Set<Promise<unknown>>();
  let closed: Promise<void> | null = null;

  async function attempt<T>(work: () => Promise<T>): Promise<T> {
    if (closed !== null) throw usedAfterClose();
    const attempted = host.attempt(work);
    underWay.add(attempted);
    try {
      return await attempted;
    } finally {
      underWay.delete(attempted);
    }
  }

  const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    attempt(() => db.transaction().execute((tx) => work(tx)));

  return {
    async addRun(run: Run, evidence: readonly Evidence[], audit: AuditEntry): Promise<void> {
      const row = runRow(run);
      const found = evidenceRows(run, evidence);
      const entry = auditRow(run.spec, audit);
      await write(async (tx) => {
        if (!(await insertNew(tx, "runs", row))) throw taken("run", run.id);
        await addEvidence(tx, found);
        await addAudit(tx, entry);
      });
    },

    async runs(spec: string, limit: number): Promise<readonly Run[]> {
      const most = listLimit(limit);
      const rows = await attempt(() => selectNewest(db, "runs", spec, most));
      return rows.map(runOf);
    },

    async evidence(spec: string): Promise<readonly Evidence[]> {
      const rows = await attempt(() => selectEvidence(db, spec));
      return rows.map(evidenceOf);
    },

    attempts: (spec: string): Promise<readonly Attempt[]> => attempt(() => selectAttempts(db, spec)),

    async addRelease(release: Omit<Release, "id">, audit: AuditEntry): Promise<Release> {
      const row = releaseRow(release);
      const entry = auditRow(release.spec, audit);
      return write(async (tx) => {
        const added = await insertRelease(tx, row);
        await addAudit(tx, entry);
        return { ...release, id: added };
      });
    },

    async releases(spec: string): Promise<readonly Release[]> {
      const rows = await attempt(() =>
        db
          .selectFrom("releases")
          .selectAll()
          .where("spec", "=", spec)
          .orderBy("number", "desc")
          .limit(maxReleasesListed)
          .execute(),
      );
      return rows.map(releaseOf);
    },

    async release(spec: string, id: string): Promise<Release | null> {
      const row = await attempt(() =>
        db
          .selectFrom("releases")
          .selectAll()
          .where("spec", "=", spec)
          .where("id", "=", id)
          .executeTakeFirst(),
      );
      return row === undefined ? null : releaseOf(row);
    },

    async movePointer(pointer: Pointer, from: string | null, audit: AuditEntry): Promise<void> {
      const row = pointerRow(pointer);
      const entry = auditRow(pointer.spec, audit);
      await write(async (tx) => {
        const target = await tx
          .selectFrom("releases")
          .select("id")
          .where("spec", "=", row.spec)
          .where("id", "=", row.release_id)
          .executeTakeFirst();
        if (target === undefined) throw noSuchRelease(pointer);
        const moved = await (from === null ? placePointer(tx, row) : replacePointer(tx, row, from));
        if (!moved) throw movedMeanwhile(pointer, from, await standing(tx, row.spec, row.role));
        await addAudit(tx, entry);
      });
    },

    async pointer(spec: string, role: Role): Promise<Pointer | null> {
      const row = await attempt(() =>
        db
          .selectFrom("pointers")
          .selectAll()
          .where("spec", "=", spec)
          .where("role", "=", role)
          .executeTakeFirst(),
      );
      return row === undefined ? null : pointerOf(row, role);
    },

    async addWaiver(spec: string, waiver: Waiver, audit: AuditEntry): Promise<void> {
      const row = waiverRow(spec, waiver);
      const entry = auditRow(spec, audit);
      await write(async (tx) => {
        if (!(await insertNew(tx, "waivers", row))) throw taken("waiver", waiver.id);
        await addAudit(tx, entry);
      });
    },

    async waivers(spec: string): Promise<readonly Waiver[]> {
      const rows = await attempt(() => selectNewest(db, "waivers", spec, maxListed));
      return rows.map(waiverOf);
    },

    async addApproval(spec: string, approval: Approval, audit: AuditEntry): Promise<void> {
      const row = approvalRow(spec, approval);
      const entry = auditRow(spec, audit);
      await write(async (tx) => {
        if (!(await insertNew(tx, "approvals", row))) throw taken("approval", approval.id);
        await addAudit(tx, entry);
      });
    },

    async approvals(spec: string): Promise<readonly Approval[]> {
      const rows = await attempt(() => selectNewest(db, "approvals", spec, maxListed));
      return rows.map(approvalOf);
    },

    async keepSpec(kept: KeptSpec): Promise<void> {
      const row = keptSpecRow(kept);
      await write(async (tx) => {
        await tx
          .insertInto("spec_texts")
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      });
    },

    async keptSpecs(spec: string): Promise<readonly KeptSpec[]> {
      const rows = await attempt(() => selectNewest(db, "spec_texts", spec, maxKeptSpecs));
      return rows.map(keptSpecOf);
    },

    async addAudit(audit: AuditEntry): Promise<void> {
      const entry = auditRow(audit.spec, audit);
      await write((tx) => addAudit(tx, entry));
    },

    async audit(spec: string, limit: number): Promise<readonly AuditEntry[]> {
      const most = listLimit(limit);
      const rows = await attempt(() => selectNewest(db, "audit", spec, most));
      return rows.map(auditOf);
    },

    async close(): Promise<void> {
      closed ??= Promise.allSettled([...underWay]).then(() => host.close());
      await closed;
    },
  };
}
