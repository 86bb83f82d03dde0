import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { maxListed } from "./bounds.ts";
import { rawSqlite } from "./fixtures/raw-sqlite.ts";
import { startWriter, type Writer } from "./fixtures/writers.ts";
import { openSqliteStore } from "./sqlite.ts";

const spec = "flight-delay";

describe("several processes on one SQLite store", () => {
  let folder: string;
  const started: Writer[] = [];

  function start(...args: Parameters<typeof startWriter>): Writer {
    const writer = startWriter(...args);
    started.push(writer);
    return writer;
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "muster-store-"));
  });
  afterEach(async () => {
    for (const writer of started.splice(0)) {
      writer.process.kill("SIGKILL");
      await writer.ended;
    }
    rmSync(folder, { recursive: true, force: true });
  });

  it("lose nothing when they make it and write into it at the same time", async () => {
    const each = 100;
    const names = ["ann", "bob", "cyd"];
    const writers = names.map((name) => start(folder, name, { runs: each, releases: each }));
    await Promise.all(writers.map((writer) => writer.ended));

    const lines = writers.flatMap((writer) => writer.lines);
    expect(lines.filter((line) => line.startsWith("error"))).toEqual([]);
    const all = names.length * each;
    expect(lines).toHaveLength(2 * all);

    const store = await openSqliteStore(folder);
    const runs = (await store.runs(spec, maxListed)).map((run) => run.id);
    expect(runs.toSorted()).toEqual(names.flatMap((name) => wanted(name, each)).toSorted());
    const releases = await store.releases(spec);
    expect(releases.map((release) => release.id)).toEqual(countdown(all));
    for (const name of names)
      expect(releases.filter((release) => release.addedBy === name)).toHaveLength(each);
    expect(lines.filter((line) => line.startsWith("release")).toSorted()).toEqual(
      countdown(all)
        .map((id) => `release ${id}`)
        .toSorted(),
    );
    expect(await store.audit(spec, maxListed)).toHaveLength(2 * all);
    await store.close();
    expect(rawSqlite(folder, "select count(*) as n from evidence")).toEqual([{ n: 3 * all }]);
  });

  it("keep every acknowledged run when one is killed in the middle of its writes", async () => {
    const acknowledged: string[] = [];
    // A neighbour that is not killed has to live through all of it.
    const neighbour = start(folder, "neighbour", { runs: 150 });
    await neighbour.reached(1);
    for (const [round, kill] of [1, 7, 20, 33, 50].entries()) {
      const victim = start(folder, `victim${round}`, { runs: 100_000 });
      await victim.reached(kill);
      victim.process.kill("SIGKILL");
      await victim.ended;
      acknowledged.push(...victim.lines);

      expect(rawSqlite(folder, "pragma integrity_check")).toEqual([{ integrity_check: "ok" }]);
      const store = await openSqliteStore(folder);
      const stored = new Set((await store.runs(spec, maxListed)).map((run) => `run ${run.id}`));
      expect(acknowledged.filter((line) => !stored.has(line))).toEqual([]);
      await store.close();
    }
    await neighbour.ended;
    expect(neighbour.lines).toEqual(wanted("neighbour", 150).map((id) => `run ${id}`));
    expect(acknowledged.length).toBeGreaterThanOrEqual(111);
    // Whole or not at all: no run without its three pieces of evidence, no change without its audit entry.
    expect(
      rawSqlite(
        folder,
        "select id from runs where (select count(*) from evidence where run_id = runs.id) <> 3",
      ),
    ).toEqual([]);
    expect(
      rawSqlite(folder, "select (select count(*) from runs) - (select count(*) from audit) as n"),
    ).toEqual([{ n: 0 }]);
  });
});

function wanted(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, at) => `${name}-${at + 1}`);
}

function countdown(from: number): string[] {
  return Array.from({ length: from }, (_, at) => `r${from - at}`);
}
