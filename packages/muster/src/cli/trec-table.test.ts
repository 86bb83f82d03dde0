import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { writeTrecTable } from "./trec-table.ts";

const folder = await mkdtemp(join(tmpdir(), "muster-trec-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function written(run: string | Uint8Array, qrels: string, name = "run.txt"): Promise<unknown[]> {
  const files = { run: join(folder, name), qrels: join(folder, "qrels"), to: join(folder, "out.jsonl") };
  await writeFile(files.run, run);
  await writeFile(files.qrels, qrels);
  await writeTrecTable(files, new AbortController().signal);
  const lines = (await readFile(files.to, "utf8")).trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line));
}

const qrels = '1 0 a 1\n1 0 b 0\n\n2 0 "x\\ 2\n';

test("a row for each document that is retrieved or judged, from a file that may be packed", async () => {
  const run = "1 Q0 a 7 1.5 tag\n1\tQ0\tc\t1\t  2\ttag\r\n3 Q0 a 1 1e300 tag";
  const rows = [
    { query: "1", document: "=a", score: 1.5, relevance: 1 },
    { query: "1", document: "=c", score: 2, relevance: null },
    { query: "3", document: "=a", score: 1e300, relevance: null },
    { query: "1", document: "=b", score: null, relevance: 0 },
    { query: "2", document: '="x\\', score: null, relevance: 2 },
  ];
  expect(await written(run, qrels)).toEqual(rows);
  expect(await written(gzipSync(run), qrels, "run.txt.gz")).toEqual(rows);
});

test("what is no run or no judgement is told with its line", async () => {
  const at = (because: RegExp) => ({
    code: "engine/unreadable-table",
    message: expect.stringMatching(because),
  });
  await expect(written("1 Q0 a 1 2 t\n1 Q0 b", qrels)).rejects.toMatchObject(at(/^Line 2 .*a line of a run/));
  await expect(written("1 Q0 a 1 2 t\n1 Q0 a 2 1 t", qrels)).rejects.toMatchObject(at(/a second time/));
  await expect(written("", "1 0 a 1\n1 0 a 0")).rejects.toMatchObject(at(/judged twice/));
  await expect(written("1 Q0 a 1 2 t", "\n")).rejects.toMatchObject(at(/holds no judgement/));
  await expect(written(Uint8Array.of(0x31, 0xff, 0x0a), qrels)).rejects.toMatchObject(
    at(/not text in UTF-8/),
  );
  await expect(written("x".repeat(3_000_000), qrels)).rejects.toMatchObject(at(/longer than/));
  const missing = { run: join(folder, "none"), qrels: join(folder, "none"), to: join(folder, "out") };
  await expect(writeTrecTable(missing, new AbortController().signal)).rejects.toMatchObject(
    at(/there is no such file/),
  );
});

test("it can be cancelled", async () => {
  await writeFile(join(folder, "run"), "1 Q0 a 1 2 t");
  await writeFile(join(folder, "qrels"), qrels);
  const files = { run: join(folder, "run"), qrels: join(folder, "qrels"), to: join(folder, "out") };
  await expect(writeTrecTable(files, AbortSignal.abort())).rejects.toMatchObject({ code: "cancelled" });
});
