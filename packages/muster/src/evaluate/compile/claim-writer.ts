import type { Check } from "../../checks/check.ts";
import type { Claim, Section, Stage } from "../../claims/claim.ts";
import type { Span } from "../../source/span.ts";
import { claimId } from "./claim-id.ts";

/** Where the value at a path stands in the spec's file; the nearest parent's place for a path that does not exist. */
export interface SpecPlaces {
  at(path: readonly (string | number)[]): Span;
}

interface Line {
  readonly section: Section;
  readonly stage: Stage;
  /** Where it stands, for its position. */
  readonly at: readonly (string | number)[];
  /** The same as people write it: list entries by name. */
  readonly path: string;
  readonly says: string;
}

/** Collects claims in the order of the spec and gives each its id. */
export interface ClaimWriter {
  readonly claims: readonly Claim[];
  /** A line that a check decides. */
  decided<S, P>(line: Line, check: Check<S, P>, subject: S, promise: P): void;
  /** A line that nothing decides yet: shown as undecided with the reason, never skipped. */
  open(line: Line, because: string): void;
}

/** Counts the claims of a spec without making them: no ids, no places. */
export function createClaimCounter(): ClaimWriter & { count(): number } {
  let count = 0;
  const add = (): void => {
    count += 1;
  };
  return { claims: [], decided: add, open: add, count: () => count };
}

export function createClaimWriter(places: SpecPlaces): ClaimWriter {
  const claims: Claim[] = [];
  const ids = new Set<string>();
  const add = (line: Line, rest: Pick<Claim, "check" | "subject" | "promise" | "because">): void => {
    const { section, stage, path, says } = line;
    claims.push({ id: claimId(path, ids), section, stage, path, says, at: places.at(line.at), ...rest });
  };
  return {
    claims,
    decided: (line, check, subject, promise) => add(line, { check: check.id, subject, promise }),
    open: (line, because) => add(line, { check: null, because, subject: null, promise: null }),
  };
}
