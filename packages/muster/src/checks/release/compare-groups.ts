import type { Observation, Verdict } from "../../claims/verdict.ts";
import { normalTails } from "../../stats/normal.ts";
import { adjustP } from "../../stats/p-adjust.ts";
import { valueVariance } from "../metrics/value-variance.ts";
import type { GroupPart } from "./group-part.ts";
import { type MetricPromise, metricHolds } from "./metric-holds.ts";
import type { MetricSubject } from "./metric-subject.ts";

/** One judged group of a subgroup, as far as it can be compared. */
interface Member {
  readonly verdict: Verdict;
  readonly observation: Observation;
  readonly value: number;
  /** Of the value, rows (or units) taken as independent. */
  readonly variance: number;
  readonly rows: number;
}

/**
 * Says beside the groups of each subgroup which of them are worse than the rest of it, and beside all rows together where every
 * group says the opposite (Simpson's reversal). For readers alone: no outcome changes. Naming groups is asking many
 * questions, so the p-values are Holm's; judging all of them is not, as every one has to pass.
 */
export function compareGroups(verdicts: readonly Verdict[]): readonly Verdict[] {
  const notes = new Map<Observation, string[]>();
  const note = (observation: Observation, text: string): void => {
    notes.set(observation, [...(notes.get(observation) ?? []), text]);
  };
  const judged = verdicts.filter(({ claim }) => claim.check === metricHolds.id && claim.stage === "release");
  for (const [by, members] of bySubgroup(judged)) {
    const [first] = members;
    if (first === undefined || members.length < 2) continue;
    const { sense, confidence } = promiseOf(first.verdict);
    const p = members.map((member) => worseThanRest(member, members, sense));
    for (const [i, adjusted] of adjustP(p, "holm").entries()) {
      const member = members[i];
      if (member !== undefined && adjusted < 1 - confidence)
        note(member.observation, `worse than the rest of ${by}, Holm-adjusted p ${pText(adjusted)}`);
    }
    for (const { observations } of judged.filter(({ claim }) => groupOf(claim.subject).length === 0)) {
      const [whole] = observations;
      const reversal = whole === undefined ? null : reversed(whole, members, by);
      if (whole !== undefined && reversal !== null) note(whole, reversal);
    }
  }
  if (notes.size === 0) return verdicts;
  return verdicts.map((verdict) => ({
    ...verdict,
    observations: verdict.observations.map((observation) => {
      const more = notes.get(observation);
      return more === undefined
        ? observation
        : { ...observation, notes: [...(observation.notes ?? []), ...more] };
    }),
  }));
}

/** Only groups that were declared one by one, of one subgroup: crossed ones overlap with all. */
function bySubgroup(verdicts: readonly Verdict[]): ReadonlyMap<string, readonly Member[]> {
  const found = new Map<string, Member[]>();
  for (const verdict of verdicts) {
    const [part, ...crossed] = groupOf(verdict.claim.subject);
    if (part === undefined || crossed.length > 0 || !("only" in part.keys)) continue;
    const [observation] = verdict.observations;
    const [measurement] = verdict.evidence?.measurements ?? [];
    if (observation === undefined || measurement === undefined || measurement.value === null) continue;
    const variance = valueVariance(measurement.facts);
    if (variance === null || measurement.rows === 0) continue;
    const own = variance * (measurement.facts.design_effect ?? 1);
    const member = { verdict, observation, value: measurement.value, variance: own, rows: measurement.rows };
    found.set(part.by, [...(found.get(part.by) ?? []), member]);
  }
  return found;
}

/** One-sided, for the group's value against the mean of the others by their rows. */
function worseThanRest(member: Member, members: readonly Member[], sense: MetricPromise["sense"]): number {
  const rest = members.filter((other) => other !== member);
  const rows = rest.reduce((sum, other) => sum + other.rows, 0);
  const mean = rest.reduce((sum, other) => sum + other.value * other.rows, 0) / rows;
  const variance = rest.reduce((sum, other) => sum + other.variance * other.rows ** 2, 0) / rows ** 2;
  const apart = sense === "at_least" ? mean - member.value : member.value - mean;
  const error = Math.sqrt(member.variance + variance);
  return error > 0 ? normalTails(apart / error).upper : 1;
}

function reversed(whole: Observation, members: readonly Member[], by: string): string | null {
  const { value, limit } = whole;
  if (value === null || limit === undefined) return null;
  const within = (x: number): boolean => (limit.sense === "at_least" ? x >= limit.value : x <= limit.value);
  if (members.some((member) => within(member.value) === within(value))) return null;
  const side = within(value) ? "beyond" : "within";
  return `every group of ${by} is ${side} the limit, though all rows together are not (Simpson's reversal)`;
}

const groupOf = (subject: unknown): readonly GroupPart[] => (subject as MetricSubject | null)?.group ?? [];
const promiseOf = ({ claim }: Verdict): MetricPromise => claim.promise as MetricPromise;
const pText = (p: number): string => (p < 1e-4 ? "below 0.0001" : String(Number(p.toPrecision(2))));
