import { canonicalJson, digestOfText } from "../../source/digest.ts";
import type { Path } from "../places.ts";

/** One fact: a line that was added, removed or changed. Entries of lists go by their name, not by their position. */
export interface Change {
  readonly kind: "added" | "removed" | "changed";
  /** As people write it: `contract.inputs.distance.range`. */
  readonly path: string;
  /** The path in the new file, or in the old one for what was removed. */
  readonly at: Path;
  /** Plain data: quantities as their base number. Undefined for what was not there. */
  readonly old: unknown;
  readonly new: unknown;
  /** As the authors wrote them. */
  readonly oldText: string;
  readonly newText: string;
}

/** Who is hurt, or has work, when the line changes. */
export type Audience =
  /** Systems that send inputs or read outputs. */
  | "caller"
  /** People who rely on a promise: product, risk, a regulator, users. */
  | "relier"
  /** Who runs it. */
  | "operator"
  /** Nobody by itself, but proofs no longer apply. */
  | "evidence";

/** What a change does to those who relied on the old line. */
export type Effect = "breaking" | "weakening" | "tightening" | "neutral" | "editorial";

/** What happens to the evidence of the claim: kept, judged anew on what is stored, to be measured again, none yet, or gone. */
export type EvidenceEffect = "keep" | "rejudge" | "stale" | "new" | "drop";

export interface Classified extends Change {
  /** The rule that classified it. */
  readonly rule: string;
  readonly audience: readonly Audience[];
  readonly effect: Effect;
  readonly evidence: EvidenceEffect;
  /** How the spec's version has to rise. */
  readonly version: "major" | "minor" | "patch";
  /** Who has to approve it; null when nobody. */
  readonly approval: string | null;
  /** What it means, in a sentence. */
  readonly because: string;
  /** 12 hex digits that stay the same when the file is moved, rebased or edited elsewhere, and change with the values. */
  readonly fingerprint: string;
}

/** Approvals are bound to it: they survive a rebase and die when a value changes again. */
export function fingerprintOf(rule: string, change: Change): string {
  const text = [rule, change.path, canonicalJson(change.old ?? null), canonicalJson(change.new ?? null)].join(
    "|",
  );
  return digestOfText(text).slice("sha256:".length, "sha256:".length + 12);
}

/** Changes that somebody has to approve before they may count: what breaks callers or lessens a promise. */
export const needsApproval = ({ effect, approval }: Classified): boolean =>
  approval !== null && (effect === "breaking" || effect === "weakening");
