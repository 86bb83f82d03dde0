import type { Observation, Verdict } from "../claims/verdict.ts";

/**
 * Broken before undecided; among the broken the one that misses its limit by the largest share of that limit.
 * Equals keep their order, which is the spec's.
 */
export function worstFirst(verdicts: readonly Verdict[]): readonly Verdict[] {
  return verdicts
    .map((verdict) => ({ verdict, rank: verdict.outcome.kind === "broken" ? 1 : 0, miss: miss(verdict) }))
    .sort((a, b) => b.rank - a.rank || b.miss - a.miss)
    .map(({ verdict }) => verdict);
}

function miss(verdict: Verdict): number {
  if (verdict.outcome.kind !== "broken") return 0;
  return verdict.observations.reduce((most, observation) => Math.max(most, shortfall(observation)), 0);
}

/** How far the value lies on the wrong side of its limit, relative to the limit; absolute for a limit of zero. */
function shortfall({ value, limit, outcome }: Observation): number {
  if (value === null || limit === undefined || outcome !== "broken") return 0;
  const gap = limit.sense === "at_least" ? limit.value - value : value - limit.value;
  const relative = limit.value === 0 ? gap : gap / Math.abs(limit.value);
  return Number.isNaN(relative) ? 0 : Math.max(0, relative);
}
