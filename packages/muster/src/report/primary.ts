import type { Observation, Verdict } from "../claims/verdict.ts";
import { printable } from "./printable.ts";
import { type State, stateOf } from "./state.ts";

/** One row of the picture of the primary metric. */
export interface PrimaryRow {
  readonly claimId: string;
  /** The group's own name: `ORD` of `origin=ORD`. */
  readonly name: string;
  /** Null where nothing could be measured. */
  readonly observation: Observation | null;
  readonly state: State;
}

/** The primary metric over all rows and over each declared subgroup, as declared. */
export interface Primary {
  readonly title: string;
  readonly overall: readonly PrimaryRow[];
  readonly groups: readonly { readonly by: string; readonly rows: readonly PrimaryRow[] }[];
  readonly limit: NonNullable<Observation["limit"]> | null;
  readonly unit: Observation["unit"];
  /** What is reached without the model, measured on the same rows. */
  readonly baseline: number | null;
}

/** Null when the spec has no primary metric, or no subgroup beside it was judged. */
export function primaryOf(verdicts: readonly Verdict[]): Primary | null {
  const overall: PrimaryRow[] = [];
  const groups = new Map<string, PrimaryRow[]>();
  const judged = verdicts.filter(({ claim }) => /^evaluation\.(?:primary|subgroups)\b/u.test(claim.path));
  for (const verdict of judged) {
    for (const { label, observation } of labelled(verdict)) {
      const { by, name } = groupName(label);
      const state = rowState(verdict, observation);
      const row = { claimId: verdict.claim.id, name: printable(name), observation, state };
      if (by === null) overall.push(row);
      else groups.set(by, [...(groups.get(by) ?? []), row]);
    }
  }
  const [first] = judged;
  if (first === undefined || groups.size === 0) return null;
  const observations = judged.flatMap((verdict) => verdict.observations);
  return {
    title: first.claim.says,
    overall,
    groups: [...groups].map(([by, rows]) => ({ by: printable(by), rows })),
    limit: observations.find(({ limit }) => limit !== undefined)?.limit ?? null,
    unit: observations[0]?.unit,
    baseline: baselineOf(verdicts),
  };
}

/** `origin=ORD` is ORD of origin; crossed, `origin=ORD & hour=night` is ORD, night of origin x hour. */
function groupName(label: string): { readonly by: string | null; readonly name: string } {
  const parts = label.split(/ & (?=[^&]*=)/).map((part) => {
    const split = part.indexOf("=");
    return split < 0 ? null : { by: part.slice(0, split), name: part.slice(split + 1) };
  });
  const known = parts.filter((part) => part !== null);
  if (known.length === 0) return { by: null, name: label };
  return { by: known.map(({ by }) => by).join(" x "), name: known.map(({ name }) => name).join(", ") };
}

/** A claim of which nothing could be measured still is a row: a group that is missing must not look unasked. */
function labelled(verdict: Verdict): readonly { label: string; observation: Observation | null }[] {
  if (verdict.observations.length > 0) {
    return verdict.observations.map((observation) => ({ label: observation.label, observation }));
  }
  // No row outside of the listed groups: nothing was missing.
  if (verdict.outcome.kind === "kept") return [];
  const [, group] = /^[^[]*\[(.+)\]$/u.exec(verdict.claim.path) ?? [];
  return [{ label: group ?? "overall", observation: null }];
}

/** One claim may hold many groups: then each has its own outcome, under the claim's waiver or staleness. */
function rowState(verdict: Verdict, observation: Observation | null): State {
  const state = stateOf(verdict);
  if (observation === null || state === "stale") return state;
  return state === "waived" && observation.outcome !== "kept" ? "waived" : observation.outcome;
}

function baselineOf(verdicts: readonly Verdict[]): number | null {
  const value = verdicts
    .filter(({ claim }) => claim.section === "problem")
    .flatMap(({ observations }) => observations)
    .find(({ label }) => label === "baseline")?.value;
  return value !== undefined && value !== null && Number.isFinite(value) ? value : null;
}
