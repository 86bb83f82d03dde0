import { MusterError } from "../source/muster-error.ts";

const KiB = 1024;
const MiB = 1024 * KiB;

/** `name`: ids, digests, times, what stands in an index; `remark`: what a person writes, a waiver's reason. */
export type TextKind = "name" | "path" | "remark" | "query" | "spec" | "json";

/** The most UTF-8 bytes that a stored text of each kind may have. */
export const textBounds: Readonly<Record<TextKind, number>> = {
  name: KiB,
  path: 4 * KiB,
  remark: 64 * KiB,
  query: 2 * MiB,
  spec: 2 * MiB,
  json: 16 * MiB,
};

/** The most evidence that one run may bring. */
export const maxEvidencePerRun = 20_000;
/** The most UTF-8 bytes that the measurements and queries of one run may have together. */
export const maxRunBytes: number = 64 * MiB;
/** `evidence()` answers with at most so many entries of one claim .. */
export const maxEvidencePerClaim = 100;
/** .. and at most so many in all. */
export const maxEvidence = 20_000;
/** The most rows that any other list answers with, whatever limit was asked for. */
export const maxListed = 10_000;
/** Spec texts are up to 2 MiB each; a longer history is no more use. */
export const maxKeptSpecs = 200;
/** Releases carry the whole spec and profile, so that fewer of them are listed at once. */
export const maxReleasesListed = 1_000;

// A NUL ends a text in SQLite's eyes and PostgreSQL refuses it; half a surrogate pair has no UTF-8 form. Both would
// come back as another text than was stored.
const unstorable = /\0|\p{Surrogate}/u;

/** The text itself if it can be stored and read back unchanged; throws `store/failed` otherwise. */
export function bounded(text: string, kind: TextKind, what: string): string {
  if (typeof text !== "string") {
    throw new MusterError("store/failed", `${what} is not a text, so it was not stored.`);
  }
  const bytes = Buffer.byteLength(text);
  const most = textBounds[kind];
  if (bytes > most) {
    throw new MusterError(
      "store/failed",
      `${what} is too large to store: ${bytes} bytes, and the store takes at most ${most}.`,
    );
  }
  if (unstorable.test(text)) {
    throw new MusterError(
      "store/failed",
      `${what} holds a NUL character or half a surrogate pair, which no store keeps unchanged.`,
      { hint: "Remove the character, or escape it." },
    );
  }
  return text;
}

/** As `bounded`; null stays null. */
export function boundedOrNull(text: string | null, kind: TextKind, what: string): string | null {
  return text === null ? null : bounded(text, kind, what);
}

/** A count of rows to list, cut to `most`; throws `store/failed` for what is no count. */
export function listLimit(limit: number, most: number = maxListed): number {
  if (!Number.isSafeInteger(limit) || limit < 0) {
    throw new MusterError("store/failed", `A limit has to be a whole number from 0, and ${limit} is not.`);
  }
  return Math.min(limit, most);
}
