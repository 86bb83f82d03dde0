import type { Observation, Verdict } from "../claims/verdict.ts";
import type { OutcomeCounts } from "../gate/gate.ts";
import { jsonText } from "./json-text.ts";
import type { ReportInput } from "./report-input.ts";
import { reasonOf } from "./state.ts";

/** What `muster check --format json` prints; fields are only ever added. docs/report.md explains each. */
export interface ReportJson {
  readonly version: 1;
  readonly verdict: "ship" | "hold";
  readonly because: string;
  readonly spec: { readonly name: string; readonly version: string; readonly digest: string };
  readonly model: { readonly digest: string } | null;
  readonly taken_at: string;
  readonly counts: OutcomeCounts;
  readonly claims: readonly ClaimJson[];
}

export interface ClaimJson {
  readonly id: string;
  readonly section: string;
  readonly stage: string;
  readonly says: string;
  readonly outcome: "kept" | "broken" | "undecided";
  readonly stale: boolean;
  readonly waived: boolean;
  /** Absent when the claim is kept. */
  readonly because?: string;
  readonly line: number;
  readonly path: string;
  /** Present when `waived`. */
  readonly waiver?: { readonly by: string; readonly reason: string; readonly expires_at: string };
  readonly evidence: readonly EvidenceJson[];
}

export interface EvidenceJson {
  readonly label: string;
  /** Null when the metric is undefined here. */
  readonly value: number | null;
  readonly interval: readonly [low: number, high: number] | null;
  readonly rows: number | null;
  readonly data_digest: string | null;
  readonly taken_at: string | null;
  readonly outcome: "kept" | "broken" | "undecided";
  readonly limit: { readonly sense: "at_least" | "at_most"; readonly value: number } | null;
  /** The one-sided bound that was held against the limit; null where the value itself was. */
  readonly bound: NonNullable<Observation["bound"]> | null;
  readonly unit: string | null;
  readonly text?: string;
  /** Sentences for a reader beside the numbers; absent without any. */
  readonly notes?: readonly string[];
}

/** Pretty-printed, with a newline at its end. Numbers are as measured, not rounded; NaN and infinities are null. */
export function renderJson(input: ReportInput): string {
  const { spec, model, decision } = input;
  const report: ReportJson = {
    version: 1,
    verdict: decision.verdict,
    because: decision.because,
    spec: { name: spec.name, version: spec.version, digest: spec.digest },
    model: model === null ? null : { digest: model.digest },
    taken_at: input.takenAt,
    counts: decision.counts.all,
    claims: input.verdicts.map(claimJson),
  };
  return jsonText(report);
}

function claimJson(verdict: Verdict): ClaimJson {
  const { claim, outcome, stale, waiver } = verdict;
  const because = reasonOf(verdict);
  return {
    id: claim.id,
    section: claim.section,
    stage: claim.stage,
    says: claim.says,
    outcome: stale && outcome.kind === "kept" ? "undecided" : outcome.kind,
    stale,
    waived: waiver !== null,
    ...(because === null ? {} : { because }),
    line: claim.at.start.line,
    path: claim.path,
    ...(waiver === null
      ? {}
      : { waiver: { by: waiver.by, reason: waiver.reason, expires_at: waiver.expiresAt } }),
    evidence: verdict.observations.map((observation) => evidenceJson(observation, verdict)),
  };
}

function evidenceJson(observation: Observation, { evidence }: Verdict): EvidenceJson {
  const { label, value, interval, rows, outcome, limit, bound, unit, text, notes } = observation;
  return {
    label,
    value: finite(value),
    interval: interval?.every(Number.isFinite) ? interval : null,
    rows: finite(rows),
    data_digest: evidence?.dataDigest ?? null,
    taken_at: evidence?.takenAt ?? null,
    outcome,
    limit: limit !== undefined && Number.isFinite(limit.value) ? limit : null,
    bound: bound !== undefined && Number.isFinite(bound.value) ? bound : null,
    unit: unit ?? null,
    ...(text === undefined ? {} : { text }),
    ...(notes === undefined || notes.length === 0 ? {} : { notes }),
  };
}

const finite = (value: number | null): number | null =>
  value !== null && Number.isFinite(value) ? value : null;
