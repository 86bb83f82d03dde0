import type { Generated, Selectable } from "kysely";

/**
 * The tables as SQLite and PostgreSQL both have them: text and integers only, times as ISO text, JSON as text.
 * `seq` counts the rows of a table in the order they were stored; it, not a clock, says what is newest.
 */
export interface StoreTables {
  readonly muster_schema: SchemaTable;
  readonly runs: RunTable;
  readonly evidence: EvidenceTable;
  readonly releases: ReleaseTable;
  readonly pointers: PointerTable;
  readonly waivers: WaiverTable;
  readonly audit: AuditTable;
  readonly approvals: ApprovalTable;
  readonly spec_texts: SpecTextTable;
}

/** The migrations that this store has been through. */
export interface SchemaTable {
  readonly version: number;
  readonly name: string;
  readonly applied_at: string;
}

export interface RunTable {
  readonly seq: Generated<number>;
  readonly id: string;
  readonly spec: string;
  readonly spec_version: string;
  readonly spec_digest: string;
  readonly model_digest: string | null;
  readonly verdict: string;
  readonly started_at: string;
  readonly finished_at: string;
}

export interface EvidenceTable {
  readonly seq: Generated<number>;
  readonly run_id: string;
  readonly spec: string;
  readonly claim_id: string;
  readonly check_id: string;
  readonly subject_digest: string;
  readonly data_digest: string | null;
  readonly model_digest: string | null;
  /** See `encodeMeasurements`. */
  readonly measurements: string;
  readonly query: string;
  readonly taken_at: string;
}

export interface ReleaseTable {
  readonly spec: string;
  /** The n of `rn`. */
  readonly number: number;
  readonly id: string;
  readonly spec_version: string;
  readonly spec_digest: string;
  readonly spec_text: string;
  readonly model_digest: string;
  readonly model_bytes: number;
  readonly model_path: string;
  readonly profile: string;
  readonly prepared: string | null;
  readonly verdict: string;
  readonly added_by: string;
  readonly added_at: string;
}

export interface PointerTable {
  readonly spec: string;
  readonly role: string;
  readonly release_id: string;
  readonly moved_by: string;
  readonly moved_at: string;
}

export interface WaiverTable {
  readonly seq: Generated<number>;
  readonly spec: string;
  readonly id: string;
  readonly claim_id: string;
  readonly claim_digest: string;
  readonly signed_by: string;
  readonly reason: string;
  readonly signed_at: string;
  readonly expires_at: string;
}

export interface ApprovalTable {
  readonly seq: Generated<number>;
  readonly spec: string;
  readonly id: string;
  readonly fingerprint: string;
  readonly change: string;
  readonly approved_by: string;
  readonly reason: string;
  readonly approved_at: string;
}

export interface SpecTextTable {
  readonly seq: Generated<number>;
  readonly spec: string;
  readonly spec_digest: string;
  readonly spec_text: string;
  readonly kept_at: string;
}

export interface AuditTable {
  readonly seq: Generated<number>;
  readonly at: string;
  readonly who: string;
  readonly what: string;
  readonly spec: string;
  readonly details: string;
}

/** A row with all that Muster gives it; the database adds the `seq`. */
export type Row<Table extends keyof StoreTables> = Omit<Selectable<StoreTables[Table]>, "seq">;
