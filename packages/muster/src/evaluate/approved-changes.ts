import type { Approval } from "../claims/approval.ts";
import { type Claim, type Section, sections } from "../claims/claim.ts";
import type { Evidence } from "../claims/evidence.ts";
import type { Outcome, Verdict } from "../claims/verdict.ts";
import { type Classified, needsApproval } from "../spec/diff/change.ts";
import { changeWords } from "../spec/diff/change-words.ts";
import { classifyChanges } from "../spec/diff/classify.ts";
import type { Spec } from "../spec/spec.ts";
import { claimId } from "./compile/claim-id.ts";
import type { SpecPlaces } from "./compile/claim-writer.ts";
import type { Registry } from "./evaluate.ts";
import { subjectDigest } from "./evidence-key.ts";

/** A spec as it stood before, with its claims. */
export interface EarlierSpec {
  readonly spec: Spec;
  readonly claims: readonly Claim[];
  /** "as released in r1", "as checked on 2026-03-01": ends a sentence. */
  readonly when: string;
  /** Promises of a released spec were made to people; of a checked one only what was found out counts. */
  readonly released: boolean;
}

export interface ChangeHistory {
  readonly earlier: readonly EarlierSpec[];
  readonly approvals: readonly Approval[];
  readonly evidence: readonly Evidence[];
}

/**
 * What was promised or found out before holds the gate until somebody approves the change: a released promise that is
 * lessened or a caller that is broken (MU-V408), and a threshold or a subgroup that moved toward passing after the same
 * claim had failed (MU-V409). One claim for each such change, by its fingerprint; kept when it is approved.
 */
export function approvedChanges(
  spec: Spec,
  claims: readonly Claim[],
  places: SpecPlaces,
  history: ChangeHistory,
  registry: Registry,
  now: number,
): readonly Verdict[] {
  const found = new Map<string, { change: Classified; reason: string }>();
  for (const earlier of history.earlier) {
    for (const change of classifyChanges(earlier.spec, spec)) {
      if (found.has(change.fingerprint)) continue;
      const failed = failedBefore(change, earlier, claims, history.evidence, registry, now);
      if (failed !== null)
        found.set(change.fingerprint, { change, reason: `MU-V409: ${failed}, ${earlier.when}` });
      else if (earlier.released && needsApproval(change)) {
        found.set(change.fingerprint, {
          change,
          reason: `MU-V408: ${change.because.replace(/\.$/, "")}, ${earlier.when}`,
        });
      }
    }
  }
  const ids = new Set(claims.map((claim) => claim.id));
  return [...found.values()].map(({ change, reason }) =>
    verdictOf(change, reason, places, history.approvals, ids),
  );
}

/** Why the change looks like a moved goalpost: a failed claim of before that passes, or is gone, because of it. */
function failedBefore(
  change: Classified,
  { claims: before }: EarlierSpec,
  after: readonly Claim[],
  evidence: readonly Evidence[],
  registry: Registry,
  now: number,
): string | null {
  if (change.effect !== "weakening" || !change.path.startsWith("evaluation.")) return null;
  for (const old of before) {
    if (!old.path.startsWith("evaluation.primary")) continue;
    const check = old.check === null ? undefined : registry.get(old.check);
    if (check === undefined) continue;
    const digest = subjectDigest(old, check);
    const last = evidence.find((e) => e.claimId === old.id && e.subjectDigest === digest);
    if (last === undefined) continue;
    const was = check.judge(old.promise, last.measurements, { now }).outcome;
    if (was.kind === "kept") continue;
    const successor = after.find(
      (claim) => claim.id === old.id && subjectDigestOf(claim, registry) === digest,
    );
    // A claim that is still there and still fails hides nothing.
    if (
      successor !== undefined &&
      check.judge(successor.promise, last.measurements, { now }).outcome.kind !== "kept"
    ) {
      continue;
    }
    if (
      successor === undefined &&
      !change.path.startsWith("evaluation.subgroups") &&
      !change.path.startsWith("evaluation.primary")
    ) {
      continue;
    }
    return `it moved toward passing after "${old.says}" was ${was.kind} (${was.because})`;
  }
  return null;
}

function subjectDigestOf(claim: Claim, registry: Registry): string | null {
  const check = claim.check === null ? undefined : registry.get(claim.check);
  return check === undefined ? null : subjectDigest(claim, check);
}

const sectionOf = (path: string): Section => {
  const [first = ""] = path.split(".");
  if (first === "retraining") return "monitoring";
  return sections.find((section) => section === first) ?? "problem";
};

function verdictOf(
  change: Classified,
  reason: string,
  places: SpecPlaces,
  approvals: readonly Approval[],
  ids: Set<string>,
): Verdict {
  const { fingerprint } = change;
  const approval = approvals.find((one) => one.fingerprint === fingerprint);
  const claim: Claim = {
    id: claimId(`approval-${fingerprint}`, ids),
    section: sectionOf(change.path),
    stage: "release",
    path: change.path,
    says: `${changeWords(change)} is approved`,
    at: places.at(change.at),
    check: null,
    because: reason,
    subject: null,
    promise: null,
  };
  const outcome: Outcome =
    approval === undefined
      ? {
          kind: "broken",
          because: `${reason}. Nobody approved it: muster approve ${fingerprint} --by .. --reason ..`,
        }
      : { kind: "kept" };
  const text = approval === undefined ? "not approved" : `approved by ${approval.by}: ${approval.reason}`;
  return {
    claim,
    outcome,
    observations: [{ label: fingerprint, value: null, interval: null, rows: 0, outcome: outcome.kind, text }],
    evidence: null,
    stale: false,
    waiver: null,
  };
}
