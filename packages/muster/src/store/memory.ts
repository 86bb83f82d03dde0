import type { Approval } from "../claims/approval.ts";
import type { Attempt } from "../claims/attempt.ts";
import type { Evidence } from "../claims/evidence.ts";
import type { Waiver } from "../claims/waiver.ts";
import {
  listLimit,
  maxEvidence,
  maxEvidencePerClaim,
  maxKeptSpecs,
  maxListed,
  maxReleasesListed,
} from "./bounds.ts";
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
import type { Row } from "./schema.ts";
import type { AuditEntry, KeptSpec, Pointer, Release, Role, Run, Store } from "./store.ts";

/** The rows of a store in memory, the oldest first; more than one store may be opened on them. */
export interface MemoryRows {
  readonly runs: Row<"runs">[];
  readonly evidence: Row<"evidence">[];
  readonly releases: Row<"releases">[];
  readonly pointers: Map<string, Row<"pointers">>;
  readonly waivers: Row<"waivers">[];
  readonly audit: Row<"audit">[];
  readonly approvals: Row<"approvals">[];
  readonly specTexts: Row<"spec_texts">[];
}

export function emptyMemory(): MemoryRows {
  return {
    runs: [],
    evidence: [],
    releases: [],
    pointers: new Map(),
    waivers: [],
    audit: [],
    approvals: [],
    specTexts: [],
  };
}

/** A store that is gone with the process: for tests, and for trying a spec without leaving a trace. */
export function openMemoryStore(rows: MemoryRows = emptyMemory()): Store {
  let open = true;
  // Everything between two awaits is one transaction here, and a refusal comes before the first change.
  const now = async <T>(work: () => T): Promise<T> => {
    if (!open) throw usedAfterClose();
    return work();
  };

  return {
    addRun: (run: Run, evidence: readonly Evidence[], audit: AuditEntry) =>
      now(() => {
        const row = runRow(run);
        const found = evidenceRows(run, evidence);
        const entry = auditRow(run.spec, audit);
        if (rows.runs.some((each) => each.id === row.id)) throw taken("run", row.id);
        rows.runs.push(row);
        for (const each of found) rows.evidence.push(each);
        rows.audit.push(entry);
      }),
    runs: (spec: string, limit: number) => now(() => newest(rows.runs, spec, listLimit(limit)).map(runOf)),
    evidence: (spec: string) => now(() => newestEvidence(rows.evidence, spec).map(evidenceOf)),

    attempts: (spec: string) => now(() => attemptsOf(rows.evidence, spec)),

    addRelease: (release: Omit<Release, "id">, audit: AuditEntry) =>
      now(() => {
        const row = releaseRow(release);
        const entry = auditRow(release.spec, audit);
        const number = rows.releases.filter((each) => each.spec === row.spec).length + 1;
        const added = { ...row, number, id: `r${number}` };
        rows.releases.push(added);
        rows.audit.push(entry);
        return releaseOf(added);
      }),
    releases: (spec: string) => now(() => newest(rows.releases, spec, maxReleasesListed).map(releaseOf)),
    release: (spec: string, id: string) =>
      now(() => {
        const row = rows.releases.find((each) => each.spec === spec && each.id === id);
        return row === undefined ? null : releaseOf(row);
      }),

    movePointer: (pointer: Pointer, from: string | null, audit: AuditEntry) =>
      now(() => {
        const row = pointerRow(pointer);
        const entry = auditRow(pointer.spec, audit);
        if (!rows.releases.some((each) => each.spec === row.spec && each.id === row.release_id)) {
          throw noSuchRelease(pointer);
        }
        const key = pointerKey(row.spec, row.role);
        const stands = rows.pointers.get(key)?.release_id ?? null;
        if (stands !== from) throw movedMeanwhile(pointer, from, stands);
        rows.pointers.set(key, row);
        rows.audit.push(entry);
      }),
    pointer: (spec: string, role: Role) =>
      now(() => {
        const row = rows.pointers.get(pointerKey(spec, role));
        return row === undefined ? null : pointerOf(row, role);
      }),

    addWaiver: (spec: string, waiver: Waiver, audit: AuditEntry) =>
      now(() => {
        const row = waiverRow(spec, waiver);
        const entry = auditRow(spec, audit);
        if (rows.waivers.some((each) => each.spec === spec && each.id === row.id)) {
          throw taken("waiver", row.id);
        }
        rows.waivers.push(row);
        rows.audit.push(entry);
      }),
    waivers: (spec: string) => now(() => newest(rows.waivers, spec, maxListed).map(waiverOf)),
    addApproval: (spec: string, approval: Approval, audit: AuditEntry) =>
      now(() => {
        const row = approvalRow(spec, approval);
        const entry = auditRow(spec, audit);
        if (rows.approvals.some((each) => each.spec === spec && each.id === row.id)) {
          throw taken("approval", row.id);
        }
        rows.approvals.push(row);
        rows.audit.push(entry);
      }),
    approvals: (spec: string) => now(() => newest(rows.approvals, spec, maxListed).map(approvalOf)),
    keepSpec: (kept: KeptSpec) =>
      now(() => {
        const row = keptSpecRow(kept);
        const known = rows.specTexts.some((t) => t.spec === row.spec && t.spec_digest === row.spec_digest);
        if (!known) rows.specTexts.push(row);
      }),
    keptSpecs: (spec: string) => now(() => newest(rows.specTexts, spec, maxKeptSpecs).map(keptSpecOf)),
    addAudit: (audit: AuditEntry) =>
      now(() => {
        rows.audit.push(auditRow(audit.spec, audit));
      }),
    audit: (spec: string, limit: number) =>
      now(() => newest(rows.audit, spec, listLimit(limit)).map(auditOf)),

    async close(): Promise<void> {
      open = false;
    },
  };
}

function newest<Listed extends { readonly spec: string }>(
  rows: readonly Listed[],
  spec: string,
  limit: number,
): Listed[] {
  return rows
    .filter((row) => row.spec === spec)
    .reverse()
    .slice(0, limit);
}

function newestEvidence(rows: readonly Row<"evidence">[], spec: string): Row<"evidence">[] {
  const seen = new Set<string>();
  const ofClaim = new Map<string, number>();
  const found = newest(rows, spec, rows.length).filter((row) => {
    const key = JSON.stringify([row.claim_id, row.subject_digest, row.data_digest, row.model_digest]);
    const count = ofClaim.get(row.claim_id) ?? 0;
    if (seen.has(key) || count >= maxEvidencePerClaim) return false;
    seen.add(key);
    ofClaim.set(row.claim_id, count + 1);
    return true;
  });
  return found.slice(0, maxEvidence);
}

function attemptsOf(rows: readonly Row<"evidence">[], spec: string): readonly Attempt[] {
  const found = new Map<string, Attempt>();
  for (const row of rows) {
    if (row.spec !== spec || row.check_id !== "evaluation/metric") continue;
    const { claim_id: claimId, data_digest: dataDigest, model_digest: modelDigest } = row;
    if (dataDigest === null || modelDigest === null) continue;
    const key = JSON.stringify([claimId, dataDigest, modelDigest]);
    if (!found.has(key)) found.set(key, { claimId, dataDigest, modelDigest });
  }
  return [...found.values()].slice(0, maxListed);
}

function pointerKey(spec: string, role: string): string {
  return JSON.stringify([spec, role]);
}
