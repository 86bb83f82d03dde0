import type { Approval } from "../claims/approval.ts";
import type { Evidence } from "../claims/evidence.ts";
import type { Waiver } from "../claims/waiver.ts";
import { MusterError } from "../source/muster-error.ts";
import { bounded, boundedOrNull, maxEvidencePerRun, maxRunBytes } from "./bounds.ts";
import { decodeMeasurements, encodeMeasurements } from "./measurements-json.ts";
import { tooMuchEvidence } from "./refusals.ts";
import type { Row } from "./schema.ts";
import type { AuditEntry, KeptSpec, Pointer, Release, Role, Run } from "./store.ts";

// Between the nouns and their rows. The way in throws `store/failed` for what cannot be stored unchanged, the way
// out `store/unreadable` for what Muster never wrote.

export function runRow(run: Run): Row<"runs"> {
  return {
    id: bounded(run.id, "name", "The run's id"),
    spec: bounded(run.spec, "name", "The spec's name"),
    spec_version: bounded(run.specVersion, "name", "The spec's version"),
    spec_digest: bounded(run.specDigest, "name", "The spec's digest"),
    model_digest: boundedOrNull(run.modelDigest, "name", "The model's digest"),
    verdict: run.verdict,
    started_at: bounded(run.startedAt, "name", "The run's start"),
    finished_at: bounded(run.finishedAt, "name", "The run's end"),
  };
}

export function runOf(row: Row<"runs">): Run {
  if (row.verdict !== "ship" && row.verdict !== "hold") {
    throw damaged(`run ${row.id} has the verdict "${row.verdict}"`);
  }
  return {
    id: row.id,
    spec: row.spec,
    specVersion: row.spec_version,
    specDigest: row.spec_digest,
    modelDigest: row.model_digest,
    verdict: row.verdict,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}

/** The rows of a run's evidence, in its order. */
export function evidenceRows(run: Run, evidence: readonly Evidence[]): readonly Row<"evidence">[] {
  if (evidence.length > maxEvidencePerRun) {
    throw tooMuchEvidence(`${evidence.length} pieces of evidence`, `${maxEvidencePerRun} pieces`);
  }
  let bytes = 0;
  return evidence.map((each) => {
    const row = evidenceRow(run, each);
    bytes += Buffer.byteLength(row.measurements) + Buffer.byteLength(row.query);
    if (bytes > maxRunBytes) throw tooMuchEvidence("so much evidence", `${maxRunBytes} bytes`);
    return row;
  });
}

function evidenceRow(run: Run, evidence: Evidence): Row<"evidence"> {
  const of = `of the evidence for ${evidence.claimId.slice(0, 80)}`;
  return {
    run_id: run.id,
    spec: run.spec,
    claim_id: bounded(evidence.claimId, "name", "A claim's id"),
    check_id: bounded(evidence.check, "name", `The check ${of}`),
    subject_digest: bounded(evidence.subjectDigest, "name", `The subject's digest ${of}`),
    data_digest: boundedOrNull(evidence.dataDigest, "name", `The data's digest ${of}`),
    model_digest: boundedOrNull(evidence.modelDigest, "name", `The model's digest ${of}`),
    measurements: bounded(
      encodeMeasurements(evidence.measurements),
      "json",
      `The list of measurements ${of}`,
    ),
    query: bounded(evidence.query, "query", `The query ${of}`),
    taken_at: bounded(evidence.takenAt, "name", `The time ${of}`),
  };
}

export function evidenceOf(row: Row<"evidence">): Evidence {
  return {
    claimId: row.claim_id,
    check: row.check_id,
    subjectDigest: row.subject_digest,
    dataDigest: row.data_digest,
    modelDigest: row.model_digest,
    measurements: decodeMeasurements(row.measurements),
    query: row.query,
    takenAt: row.taken_at,
  };
}

/** A release without its number and id, which the store gives. */
export type NewRelease = Omit<Row<"releases">, "number" | "id">;

export function releaseRow(release: Omit<Release, "id">): NewRelease {
  if (!Number.isSafeInteger(release.modelBytes) || release.modelBytes < 0) {
    throw new MusterError("store/failed", `A model of ${release.modelBytes} bytes cannot be stored.`);
  }
  return {
    spec: bounded(release.spec, "name", "The spec's name"),
    spec_version: bounded(release.specVersion, "name", "The spec's version"),
    spec_digest: bounded(release.specDigest, "name", "The spec's digest"),
    spec_text: bounded(release.specText, "spec", "The spec's text"),
    model_digest: bounded(release.modelDigest, "name", "The model's digest"),
    model_bytes: release.modelBytes,
    model_path: bounded(release.modelPath, "path", "The model's path"),
    profile: bounded(release.profile, "json", "The profile"),
    prepared:
      release.prepared === undefined ? null : bounded(release.prepared, "json", "The fitted preprocessing"),
    verdict: bounded(release.verdict, "json", "The verdict"),
    added_by: bounded(release.addedBy, "name", "The name of who added the release"),
    added_at: bounded(release.addedAt, "name", "The time of the release"),
  };
}

export function releaseOf(row: Row<"releases">): Release {
  return {
    id: row.id,
    spec: row.spec,
    specVersion: row.spec_version,
    specDigest: row.spec_digest,
    specText: row.spec_text,
    modelDigest: row.model_digest,
    // PostgreSQL's driver gives a bigint as text.
    modelBytes: Number(row.model_bytes),
    modelPath: row.model_path,
    profile: row.profile,
    ...(row.prepared === null ? {} : { prepared: row.prepared }),
    verdict: row.verdict,
    addedBy: row.added_by,
    addedAt: row.added_at,
  };
}

export function pointerRow(pointer: Pointer): Row<"pointers"> {
  return {
    spec: bounded(pointer.spec, "name", "The spec's name"),
    role: bounded(pointer.role, "name", "The role"),
    release_id: bounded(pointer.release, "name", "The release's id"),
    moved_by: bounded(pointer.movedBy, "name", "The name of who moved it"),
    moved_at: bounded(pointer.movedAt, "name", "The time of the move"),
  };
}

export function pointerOf(row: Row<"pointers">, role: Role): Pointer {
  return { spec: row.spec, role, release: row.release_id, movedBy: row.moved_by, movedAt: row.moved_at };
}

export function waiverRow(spec: string, waiver: Waiver): Row<"waivers"> {
  return {
    spec: bounded(spec, "name", "The spec's name"),
    id: bounded(waiver.id, "name", "The waiver's id"),
    claim_id: bounded(waiver.claimId, "name", "The claim's id"),
    claim_digest: bounded(waiver.claimDigest, "name", "The claim's digest"),
    signed_by: bounded(waiver.by, "name", "The name of who signed"),
    reason: bounded(waiver.reason, "remark", "The waiver's reason"),
    signed_at: bounded(waiver.signedAt, "name", "The time of signing"),
    expires_at: bounded(waiver.expiresAt, "name", "The time of expiry"),
  };
}

export function waiverOf(row: Row<"waivers">): Waiver {
  return {
    id: row.id,
    claimId: row.claim_id,
    claimDigest: row.claim_digest,
    by: row.signed_by,
    reason: row.reason,
    signedAt: row.signed_at,
    expiresAt: row.expires_at,
  };
}

export function approvalRow(spec: string, approval: Approval): Row<"approvals"> {
  return {
    spec: bounded(spec, "name", "The spec's name"),
    id: bounded(approval.id, "name", "The approval's id"),
    fingerprint: bounded(approval.fingerprint, "name", "The change's fingerprint"),
    change: bounded(approval.change, "remark", "The change in words"),
    approved_by: bounded(approval.by, "name", "The name of who approved"),
    reason: bounded(approval.reason, "remark", "The approval's reason"),
    approved_at: bounded(approval.approvedAt, "name", "The time of approval"),
  };
}

export function approvalOf(row: Row<"approvals">): Approval {
  return {
    id: row.id,
    fingerprint: row.fingerprint,
    change: row.change,
    by: row.approved_by,
    reason: row.reason,
    approvedAt: row.approved_at,
  };
}

export function keptSpecRow(kept: KeptSpec): Row<"spec_texts"> {
  return {
    spec: bounded(kept.spec, "name", "The spec's name"),
    spec_digest: bounded(kept.digest, "name", "The spec's digest"),
    spec_text: bounded(kept.text, "spec", "The spec's text"),
    kept_at: bounded(kept.keptAt, "name", "The time of keeping"),
  };
}

export function keptSpecOf(row: Row<"spec_texts">): KeptSpec {
  return { spec: row.spec, digest: row.spec_digest, text: row.spec_text, keptAt: row.kept_at };
}

/** An entry that speaks of another spec than the change it stands beside would hide that change. */
export function auditRow(spec: string, entry: AuditEntry): Row<"audit"> {
  if (entry.spec !== spec) {
    throw new MusterError(
      "store/failed",
      `The audit entry speaks of the spec ${JSON.stringify(entry.spec)} and the change of ${JSON.stringify(spec)}.`,
    );
  }
  return {
    at: bounded(entry.at, "name", "The time of the audit entry"),
    who: bounded(entry.who, "name", "The name in the audit entry"),
    what: bounded(entry.what, "name", "The deed in the audit entry"),
    spec: entry.spec,
    details: bounded(entry.details, "json", "The details of the audit entry"),
  };
}

export function auditOf(row: Row<"audit">): AuditEntry {
  return { at: row.at, who: row.who, what: row.what, spec: row.spec, details: row.details };
}

function damaged(how: string): MusterError {
  return new MusterError("store/unreadable", `The store is damaged: ${how}.`, {
    hint: "Restore the store from a backup.",
  });
}
