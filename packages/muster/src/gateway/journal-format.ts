import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Sorts by time, and two processes that share a folder never share a file. */
export function segmentName(openedAt: string, run: string, number: number): string {
  return `journal-${openedAt.replaceAll(/[-:.]/g, "")}-${run}-${String(number).padStart(6, "0")}.ndjson`;
}

export interface JournalRecord {
  readonly kind: string;
  readonly run: string;
  readonly seq?: number;
  readonly [field: string]: unknown;
}

/**
 * All records of a journal folder, segment by segment in the order of their names, segment headers included. A
 * line that is no JSON (what a power cut leaves at a file's end) is skipped.
 */
export async function* readJournal(dir: string): AsyncGenerator<JournalRecord> {
  const names = (await readdir(dir)).filter((name) => /^journal-.*\.ndjson$/.test(name)).sort();
  for (const name of names) {
    const lines = createInterface({
      input: createReadStream(join(dir, name)),
      crlfDelay: Number.POSITIVE_INFINITY,
    });
    for await (const line of lines) {
      const record = parseLine(line);
      if (record !== null) yield record;
    }
  }
}

function parseLine(line: string): JournalRecord | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as JournalRecord) : null;
  } catch {
    return null;
  }
}
