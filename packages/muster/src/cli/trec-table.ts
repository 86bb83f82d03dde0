import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readQrelsLine, readRunLine } from "../checks/metrics/ranking/trec-line.ts";
import type { Engine, TableInfo } from "../engine/engine.ts";
import { MusterError } from "../source/muster-error.ts";
import { textLines } from "./text-lines.ts";

/** The columns of the table that a run and its judgements make. */
export const trecColumns = {
  query: "query",
  document: "document",
  score: "score",
  label: "relevance",
} as const;

/** Makes a run and its judgements readable as a table. */
export async function attachRun(
  engine: Engine,
  table: string,
  files: { readonly run: string; readonly qrels: string },
  signal: AbortSignal,
): Promise<TableInfo> {
  const folder = await mkdtemp(join(tmpdir(), "muster-run-"));
  try {
    const to = join(folder, "run.jsonl");
    await writeTrecTable({ ...files, to }, signal);
    // What has to be parsed is parsed once, when it is attached.
    return await engine.attach(table, to, signal);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Writes a run and its judgements, files as trec_eval reads them, as one table of JSON lines: a row for each document
 * that is retrieved or judged, without a score or without a relevance where it is not. Judgements and the ids of the
 * run are held in memory, the run's rows are not.
 */
export async function writeTrecTable(
  files: { readonly run: string; readonly qrels: string; readonly to: string },
  signal: AbortSignal,
): Promise<void> {
  const judged = await readQrels(files.qrels, signal);
  const retrieved = new Map<string, Set<string>>();
  const out = createWriteStream(files.to);
  const failed = once(out, "error").then(([error]) => {
    throw error;
  });
  // Awaited below; it must not be unheard where something else throws first.
  failed.catch(() => undefined);
  const write = async (
    query: string,
    document: string,
    score: number | null,
    relevance: number | null,
  ): Promise<void> => {
    // A mark before every id keeps it a text in the order of its bytes, whatever it looks like.
    const row = `{"query":${JSON.stringify(query)},"document":${JSON.stringify(`=${document}`)},"score":${decimal(score)},"relevance":${decimal(relevance)}}\n`;
    if (!out.write(row)) await Promise.race([once(out, "drain"), failed]);
  };
  try {
    for await (const { text, number } of textLines(files.run, signal)) {
      const line = readRunLine(text);
      if (line === null) continue;
      if (typeof line === "string") throw wrong(files.run, number, line);
      const { query, document, score } = line;
      const seen = retrieved.get(query) ?? new Set();
      retrieved.set(query, seen);
      if (seen.has(document))
        throw wrong(files.run, number, `query ${query} has document ${document} a second time`);
      seen.add(document);
      await write(query, document, score, judged.get(query)?.get(document) ?? null);
    }
    for (const [query, documents] of judged) {
      const seen = retrieved.get(query);
      for (const [document, relevance] of documents) {
        if (seen?.has(document) !== true) await write(query, document, null, relevance);
      }
    }
    out.end();
    await Promise.race([once(out, "close"), failed]);
  } catch (caught) {
    out.destroy();
    throw MusterError.from(caught, "engine/failed");
  }
}

async function readQrels(path: string, signal: AbortSignal): Promise<Map<string, Map<string, number>>> {
  const judged = new Map<string, Map<string, number>>();
  for await (const { text, number } of textLines(path, signal)) {
    const line = readQrelsLine(text);
    if (line === null) continue;
    if (typeof line === "string") throw wrong(path, number, line);
    const { query, document, relevance } = line;
    const documents = judged.get(query) ?? new Map<string, number>();
    judged.set(query, documents);
    if (documents.has(document))
      throw wrong(path, number, `query ${query} has document ${document} judged twice`);
    documents.set(document, relevance);
  }
  if (judged.size === 0) throw new MusterError("engine/unreadable-table", `"${path}" holds no judgement.`);
  return judged;
}

/** Always with a fraction, so that the whole column is read as such. */
function decimal(value: number | null): string {
  if (value === null) return "null";
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? value.toFixed(1) : String(value);
}

function wrong(path: string, line: number, because: string): MusterError {
  return new MusterError("engine/unreadable-table", `Line ${line} of "${path}": ${because}.`, {
    hint: "A run is read with --qrels in the format of trec_eval.",
  });
}
