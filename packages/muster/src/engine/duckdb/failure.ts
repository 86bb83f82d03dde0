import { MusterError } from "../../source/muster-error.ts";

const messageOf = (caught: unknown): string => (caught instanceof Error ? caught.message : String(caught));

/** What DuckDB says, in one line and without our own paths and statements. */
export function reasonOf(caught: unknown): string {
  const [first = ""] = messageOf(caught).split(/\n\s*\n|\nLINE \d+:|\nCandidate|\nDid you mean/);
  const line = first.replace(/\s+/g, " ").trim();
  return line.length > 400 ? `${line.slice(0, 400)}…` : line;
}

/** A failure of a statement as one of ours. */
export function failure(caught: unknown, signal: AbortSignal | undefined, what: string): MusterError {
  if (caught instanceof MusterError) return caught;
  if (signal?.aborted) return new MusterError("cancelled", `Cancelled while ${what}.`, { cause: caught });
  const reason = reasonOf(caught);
  if (/^Out of Memory Error/.test(reason)) {
    return new MusterError("engine/too-large", `Not enough memory for ${what}: ${reason}`, {
      cause: caught,
      hint: "Give the engine more memory, or room on disk for what does not fit.",
    });
  }
  return new MusterError("engine/failed", `DuckDB failed while ${what}: ${reason}`, { cause: caught });
}

/** Why a file could not be read as a table, in words that do not depend on how DuckDB reads it. */
export function tableReason(caught: unknown): string {
  const reason = reasonOf(caught);
  if (/No magic bytes found|too small to be a Parquet|not a parquet|Parquet file/i.test(reason)) {
    return "it is not a whole Parquet file; it may be cut off";
  }
  if (/TProtocolException|Invalid (footer|thrift)|deserial/i.test(reason))
    return "its Parquet footer is damaged";
  if (/not a valid DuckDB database|database file/i.test(reason))
    return "it is not a DuckDB database that this version can read";
  if (/gzip|GZIP|inflate|miniz/.test(reason)) return "it is not a whole gzip file; it may be cut off";
  if (/not utf-8|unicode|utf8/i.test(reason)) return "it is not written in UTF-8";
  if (/expected records/.test(reason)) return "a line or element of it is not a JSON object";
  if (/sniffing file/.test(reason)) {
    return "its lines do not all have as many fields as its first line, or a quote in it is not closed";
  }
  if (/Malformed JSON|JSON/.test(reason))
    return `it is not JSON of one object a row (${withoutPaths(reason)})`;
  if (/CSV/.test(reason)) return `its rows do not fit together as CSV (${withoutPaths(reason)})`;
  return withoutPaths(reason);
}

const withoutPaths = (reason: string): string =>
  reason
    .replace(/ in file "[^"]*"/g, "")
    .replace(/(['"])(?:[A-Za-z]:\\|\/)[^'"]*\1/g, "the file")
    .replace(/^[A-Za-z ]+ Error: /, "")
    .slice(0, 200)
    .replace(/[.\s]+$/, "");
