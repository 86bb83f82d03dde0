import type { Approval } from "../claims/approval.ts";
import type { Attempt } from "../claims/attempt.ts";
import type { Evidence } from "../claims/evidence.ts";
import type { Waiver } from "../claims/waiver.ts";

/** One finished `check`: what it was run on and what it said. */
export interface Run {
  readonly id: string;
  readonly spec: string;
  readonly specVersion: string;
  readonly specDigest: string;
  readonly modelDigest: string | null;
  readonly verdict: "ship" | "hold";
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
}

/** An immutable version of a model under a spec. */
export interface Release {
  /** `r1`, `r2`, .. in the order they were added under one spec name. */
  readonly id: string;
  readonly spec: string;
  readonly specVersion: string;
  readonly specDigest: string;
  /** The spec's text as released: what the gateway serves under, whatever the file says later. */
  readonly specText: string;
  readonly modelDigest: string;
  readonly modelBytes: number;
  /** Where the released copy of the model lies, relative to the store's folder. */
  readonly modelPath: string;
  /** What the training data looked like: JSON of a `Profile`. */
  readonly profile: string;
  /** What preprocessing has learnt from the training data: JSON of a `Fitted`; absent where there is nothing to carry out. */
  readonly prepared?: string;
  /** The verdict of the gate when it was added, as JSON of `check`. */
  readonly verdict: string;
  readonly addedBy: string;
  readonly addedAt: string;
}

/** A spec as it stood when it was checked. */
export interface KeptSpec {
  readonly spec: string;
  readonly digest: string;
  readonly text: string;
  /** ISO 8601, UTC. */
  readonly keptAt: string;
}

/** What a release is to the gateway. */
export type Role = "live" | "shadow" | "canary";

export interface Pointer {
  readonly spec: string;
  readonly role: Role;
  readonly release: string;
  readonly movedBy: string;
  readonly movedAt: string;
}

export interface AuditEntry {
  readonly at: string;
  readonly who: string;
  /** `check`, `release add`, `release promote`, `waive` .. */
  readonly what: string;
  readonly spec: string;
  /** JSON; never a secret. */
  readonly details: string;
}

/**
 * Evidence, releases, waivers and audit. Append-only but for pointers. Every method is one transaction: whole or
 * not at all, also when the process is killed. Any number of processes may use one store; each write waits for the
 * others. Throws MusterError (`store/*`).
 */
export interface Store {
  /** Stores a finished run with its evidence and an audit entry; `store/conflict` when the run's id is taken. */
  addRun(run: Run, evidence: readonly Evidence[], audit: AuditEntry): Promise<void>;
  /** The newest first. */
  runs(spec: string, limit: number): Promise<readonly Run[]>;

  /**
   * For each claim id the newest evidence of each (subject, data, model), newest first: of one claim at most 100.
   * Newest means stored last, here and below: clocks of several machines disagree.
   */
  evidence(spec: string): Promise<readonly Evidence[]>;

  /**
   * Every model that was measured for a claim on one state of its data, the earliest first; the order is that in which
   * they were stored for the first time. At most 10,000, the earliest.
   */
  attempts(spec: string): Promise<readonly Attempt[]>;

  /** Adds a release and returns it with the next id of its spec. */
  addRelease(release: Omit<Release, "id">, audit: AuditEntry): Promise<Release>;
  /** The newest first, at most 1,000. */
  releases(spec: string): Promise<readonly Release[]>;
  release(spec: string, id: string): Promise<Release | null>;

  /**
   * Moves a role to a release if it stands where the caller believes (`from`: a release id, or null for nowhere);
   * `store/conflict` when it has moved meanwhile.
   */
  movePointer(pointer: Pointer, from: string | null, audit: AuditEntry): Promise<void>;
  pointer(spec: string, role: Role): Promise<Pointer | null>;

  /** `store/conflict` when the waiver's id is taken under this spec. */
  addWaiver(spec: string, waiver: Waiver, audit: AuditEntry): Promise<void>;
  /** All of them, also expired ones, newest first. */
  waivers(spec: string): Promise<readonly Waiver[]>;

  addApproval(spec: string, approval: Approval, audit: AuditEntry): Promise<void>;
  /** Newest first. */
  approvals(spec: string): Promise<readonly Approval[]>;

  /**
   * Keeps the text that a spec had when it was checked; a digest that is known already is kept once. So it can be told
   * later what a promise was when it was measured.
   */
  keepSpec(kept: KeptSpec): Promise<void>;
  /** Newest first, at most 200. */
  keptSpecs(spec: string): Promise<readonly KeptSpec[]>;

  /** Adds what somebody did that changes nothing else here: reviews that were recorded in a file, say. */
  addAudit(audit: AuditEntry): Promise<void>;
  /** Newest first. */
  audit(spec: string, limit: number): Promise<readonly AuditEntry[]>;

  close(): Promise<void>;
}
