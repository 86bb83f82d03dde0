import type { Verdict } from "../claims/verdict.ts";
import { standing } from "../gate/gate.ts";

/** How a claim is shown. The gate counts a stale one as undecided; a reader has another thing to do about it. */
export type State = "broken" | "undecided" | "stale" | "waived" | "kept";

/** In the order of urgency. */
export const states: readonly State[] = ["broken", "undecided", "stale", "waived", "kept"];

export function stateOf(verdict: Verdict): State {
  const counted = standing(verdict);
  return counted === "undecided" && verdict.stale ? "stale" : counted;
}

/** Why the claim is not kept, or null when it is. */
export function reasonOf(verdict: Verdict): string | null {
  if (verdict.outcome.kind !== "kept") return verdict.outcome.because;
  return verdict.stale ? "the evidence is of another model, other data or another question" : null;
}

/** A promise about a running system that nothing has tried yet: an open question, but no news. */
export function awaitsCheck(verdict: Verdict): boolean {
  return (
    stateOf(verdict) === "undecided" &&
    verdict.observations.length === 0 &&
    verdict.evidence === null &&
    (verdict.claim.stage === "serving" || verdict.claim.stage === "live")
  );
}
