import { MusterError } from "../source/muster-error.ts";
import type { Pointer } from "./store.ts";

// What every adapter refuses, in the same words.

export function taken(what: "run" | "waiver" | "approval", id: string): MusterError {
  return new MusterError("store/conflict", `There is already a ${what} with the id ${JSON.stringify(id)}.`, {
    hint: "What is stored is never replaced: store it under another id.",
  });
}

export function noSuchRelease(pointer: Pointer): MusterError {
  return new MusterError(
    "store/failed",
    `${pointer.role} of ${pointer.spec} cannot point to ${JSON.stringify(pointer.release)}: there is no such release.`,
    { hint: "`muster release list` names the releases there are." },
  );
}

export function movedMeanwhile(pointer: Pointer, from: string | null, now: string | null): MusterError {
  const stood = (release: string | null) => (release === null ? "nowhere" : `at ${release}`);
  return new MusterError(
    "store/conflict",
    `${pointer.role} of ${pointer.spec} was not moved to ${pointer.release}: it was expected to stand ${stood(from)}, and it stands ${stood(now)}.`,
    { hint: "Somebody else has moved it meanwhile: look again, then decide." },
  );
}

export function tooMuchEvidence(what: string, most: string): MusterError {
  return new MusterError("store/failed", `A run with ${what} is too large to store: at most ${most}.`, {
    hint: "Check the stages one by one, or shorten the queries.",
  });
}

export function usedAfterClose(): MusterError {
  return new MusterError("store/failed", "The store was used after it had been closed.");
}
