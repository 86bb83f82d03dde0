import type { Observation, Outcome } from "../claims/verdict.ts";
import type { Finding } from "./check.ts";

export const kept: Outcome = { kind: "kept" };
export const broken = (because: string): Outcome => ({ kind: "broken", because });
export const undecided = (because: string): Outcome => ({ kind: "undecided", because });

/** A finding for what could not be measured at all. */
export const nothingMeasured = (because: string): Finding => ({
  outcome: undecided(because),
  observations: [],
});

/** Joins names for a sentence, naming the first few and counting the rest. */
export function listed(names: readonly string[], most = 5): string {
  if (names.length <= most) return names.join(", ");
  return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}

/**
 * The finding of a claim that is made of several observations: broken if one is, else undecided if one is, else
 * kept; and undecided, never kept, when there are none.
 */
export function together(
  observations: readonly Observation[],
  reasons: ReadonlyMap<Observation, string>,
): Finding {
  if (observations.length === 0) return nothingMeasured("nothing was measured");
  for (const kind of ["broken", "undecided"] as const) {
    const those = observations.filter((o) => o.outcome === kind);
    if (those.length > 0) {
      const because = listed(
        those.map((o) => reasons.get(o) ?? o.label),
        3,
      );
      return { outcome: { kind, because }, observations };
    }
  }
  return { outcome: kept, observations };
}
