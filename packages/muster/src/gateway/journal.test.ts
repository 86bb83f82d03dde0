import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { failingDisk } from "./fixtures/failing-disk.ts";
import { byDistance, flightSpec, journalRecords, post, row, start } from "./fixtures/flights.ts";
import { serve } from "./fixtures/serve.ts";
import { Journal, type JournalOptions } from "./journal.ts";
import { nodeDisk } from "./journal-disk.ts";
import type { JournalRecord } from "./journal-format.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "muster-journal-"));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

function options(changes: Partial<JournalOptions> = {}): JournalOptions {
  return {
    dir,
    run: "run1",
    survives: "crash",
    segmentBytes: 1_000_000,
    header: { release: "r1" },
    now: () => Date.UTC(2001, 0, 1),
    clock: () => performance.now(),
    disk: nodeDisk,
    ...changes,
  };
}

function append(journal: Journal, ...lines: string[]): Promise<Error | null> {
  return new Promise((resolve) => journal.append(lines, resolve));
}

const records = (): Promise<JournalRecord[]> => journalRecords(dir);

const sequence = (all: readonly JournalRecord[]): unknown[] =>
  all.filter(({ kind }) => kind !== "segment").map(({ seq }) => seq);

describe("segments", () => {
  test("a record is on file when its caller is told so, under a header that says what was served", async () => {
    const journal = new Journal(options());
    expect(await append(journal, '"kind":"answer"}')).toBeNull();
    expect(await records()).toEqual([
      {
        kind: "segment",
        version: 1,
        run: "run1",
        segment: 1,
        opened_at: "2001-01-01T00:00:00.000Z",
        release: "r1",
      },
      { run: "run1", seq: 1, kind: "answer" },
    ]);
    await journal.close();
  });

  test("what arrives in one turn of the event loop is written by one call", async () => {
    let writes = 0;
    const disk = {
      ...nodeDisk,
      write: (file: number, text: string): number => {
        writes += 1;
        return nodeDisk.write(file, text);
      },
    };
    const journal = new Journal(options({ disk }));
    writes = 0;
    await Promise.all(Array.from({ length: 50 }, () => append(journal, '"kind":"answer"}')));
    expect(writes).toBe(1);
    expect(journal.stats.records).toBe(50);
    await journal.close();
  });

  test("a full segment is followed by the next, and numbers go on without a gap", async () => {
    const journal = new Journal(options({ segmentBytes: 300 }));
    for (let index = 0; index < 20; index++) await append(journal, '"kind":"answer"}');
    await journal.close();
    expect(readdirSync(dir).length).toBeGreaterThan(2);
    expect(sequence(await records())).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  test("a torn last line is passed over, and a new run starts a file of its own", async () => {
    const first = new Journal(options());
    await append(first, '"kind":"answer"}');
    await first.close();
    appendFileSync(join(dir, readdirSync(dir)[0] ?? ""), '{"run":"run1","seq":2,"kind":"ans');
    const second = new Journal(options({ run: "run2" }));
    await append(second, '"kind":"answer"}');
    await second.close();
    const all = await records();
    expect(all.map(({ run, seq }) => [run, seq])).toEqual([
      ["run1", undefined],
      ["run1", 1],
      ["run2", undefined],
      ["run2", 1],
    ]);
  });

  test("others may not read it", () => {
    const journal = new Journal(options());
    expect(statSync(join(dir, readdirSync(dir)[0] ?? "")).mode & 0o007).toBe(0);
    return journal.close();
  });

  test("closing writes what waits and takes nothing more", async () => {
    const journal = new Journal(options());
    const told = append(journal, '"kind":"answer"}');
    await journal.close();
    expect(await told).toBeNull();
    expect((await append(journal, '"kind":"answer"}'))?.message).toBe("the journal is closed");
    expect(sequence(await records())).toEqual([1]);
  });
});

describe("power loss", () => {
  test("callers are told after an fdatasync, which those share that come while the disk is busy", async () => {
    const disk = failingDisk();
    const journal = new Journal(options({ survives: "power_loss", disk }));
    const told: (Error | null)[] = [];
    const first = append(journal, '"kind":"answer"}');
    await new Promise((resolve) => setImmediate(resolve));
    const rest = Array.from({ length: 30 }, async () => told.push(await append(journal, '"kind":"answer"}')));
    await Promise.all([first, ...rest]);
    expect(disk.syncs).toBeLessThan(10);
    expect(told.every((problem) => problem === null)).toBe(true);
    await journal.close();
    expect(sequence(await records())).toHaveLength(31);
  });

  test("a failed fdatasync is a failed write", async () => {
    const disk = failingDisk();
    const journal = new Journal(options({ survives: "power_loss", disk }));
    disk.badSync = true;
    expect((await append(journal, '"kind":"answer"}'))?.message).toContain("EIO");
    expect(journal.stats).toMatchObject({ healthy: false, records: 0, failures: 1 });
    await journal.close();
    expect(sequence(await records())).toEqual([]);
  });
});

describe("a disk that fails", () => {
  test("leaves no half record, rests, and goes on without a gap when it is well again", async () => {
    const disk = failingDisk();
    let at = 0;
    const journal = new Journal(options({ disk, clock: () => at }));
    await append(journal, '"kind":"answer","n":1}');
    disk.full = true;
    expect((await append(journal, '"kind":"answer","n":2}'))?.message).toContain("ENOSPC");
    disk.full = false;
    expect((await append(journal, '"kind":"answer","n":3}'))?.message).toContain("ENOSPC");
    at += 1000;
    expect(await append(journal, '"kind":"answer","n":4}')).toBeNull();
    await journal.close();
    const all = await records();
    expect(all.filter(({ kind }) => kind === "answer").map(({ seq, n }) => [seq, n])).toEqual([
      [1, 1],
      [2, 4],
    ]);
    for (const name of readdirSync(dir))
      expect(readFileSync(join(dir, name), "utf8").endsWith("}\n")).toBe(true);
  });

  test("no files pile up while it is full", async () => {
    const disk = failingDisk();
    let at = 0;
    const journal = new Journal(options({ disk, clock: () => at }));
    disk.full = true;
    for (let index = 0; index < 10; index++) {
      at += 1000;
      await append(journal, '"kind":"answer"}');
    }
    expect(readdirSync(dir).length).toBe(1);
    await journal.close();
  });
});

describe("the gateway and its journal", () => {
  test("readiness comes back with the disk although nobody asks for predictions meanwhile", async () => {
    const disk = failingDisk();
    let at = 0;
    const started = await serve(byDistance, { journalDisk: disk, clock: () => at });
    const { url } = started;
    const ready = async (): Promise<number> => (await fetch(`${url}/v2/health/ready`)).status;
    disk.full = true;
    expect((await post(`${url}/predict`, row)).status).toBe(503);
    at += 1000;
    expect(await ready()).toBe(503);
    disk.full = false;
    expect(await ready()).toBe(503); // it rests after a failed try
    at += 1000;
    expect(await ready()).toBe(200);
    expect((await post(`${url}/predict`, row)).status).toBe(200);
    expect(sequence(await started.journal())).toEqual([1]);
  });

  test("what cannot be journaled is not answered: 503 without a path, not ready, and back when the disk is", async () => {
    const disk = failingDisk();
    let at = 0;
    const started = await serve(byDistance, { journalDisk: disk, clock: () => at });
    const { url } = started;
    expect((await post(`${url}/predict`, row)).status).toBe(200);
    disk.full = true;
    const refused = await post(`${url}/predict`, row);
    expect(refused.status).toBe(503);
    expect(refused.body).toMatchObject({ code: "journal/failed", policy: "failed" });
    expect(refused.body.error).toContain("ENOSPC");
    expect(JSON.stringify(refused.body)).not.toContain("secret");
    expect((await fetch(`${url}/v2/health/ready`)).status).toBe(503);
    expect((await post(`${url}/predict`, {})).status).toBe(503);
    disk.full = false;
    at += 1000;
    expect((await post(`${url}/predict`, row)).status).toBe(200);
    expect((await fetch(`${url}/v2/health/ready`)).status).toBe(200);
    expect(sequence(await started.journal())).toEqual([1, 2]);
  });

  test("a folder that was deleted under it stops the answers", async () => {
    const started = await serve();
    rmSync(started.journalDir, { recursive: true });
    const reply = await post(`${started.url}/predict`, row);
    expect([reply.status, reply.body.code]).toEqual([503, "journal/failed"]);
  });

  test("does not start where it cannot write", async () => {
    const file = join(dir, "file");
    writeFileSync(file, "");
    await expect(start(byDistance, { journalDir: file })).rejects.toMatchObject({
      code: "gateway/not-started",
    });
  });

  test("refusals are recorded with their violations", async () => {
    const started = await serve();
    await post(`${started.url}/predict`, { origin: 7, departure: 0, nmae: "Jane" }, { "x-request-id": "q1" });
    await post(`${started.url}/predict`, "{");
    const [, first, second] = await started.journal();
    expect(first).toMatchObject({
      seq: 1,
      kind: "refusal",
      client_id: "q1",
      release: "r1",
      protocol: "plain",
      policy: "rejected",
      status: 400,
      code: "request/contract",
      violations: [
        { input: "origin", code: "input/wrong-type", got: "7" },
        { input: "nmae", code: "input/unknown", got: "[redacted]" },
      ],
      latency_ms: expect.any(Number),
    });
    expect(second).toMatchObject({ seq: 2, kind: "refusal", code: "request/malformed" });
  });

  test("redacted inputs stand nowhere in it, not in answers, not in violations", async () => {
    const spec = flightSpec({}, { log: { survives: "crash", redact: ["origin", "distance"] } });
    const started = await serve(byDistance, { spec });
    await post(`${started.url}/predict`, { ...row, origin: "SECRET", distance: 4321 });
    await post(`${started.url}/predict`, { ...row, origin: 54321, distance: "4321x" });
    await post(`${started.url}/predict`, { ...row, orign: "SECRET" });
    const text = readdirSync(started.journalDir)
      .map((name) => readFileSync(join(started.journalDir, name), "utf8"))
      .join("");
    expect(text).not.toContain("SECRET");
    expect(text).not.toContain("54321");
    expect(text).not.toContain("4321x");
    expect(text).not.toContain(":4321");
    const [, first] = await started.journal();
    expect(first?.inputs).toMatchObject({ origin: "[redacted]", distance: "[redacted]", load: 0.5 });
  });

  test("an answer under power_loss is on the disk before the reply", async () => {
    const disk = failingDisk();
    const started = await serve(byDistance, {
      spec: flightSpec({}, { log: { survives: "power_loss" } }),
      journalDisk: disk,
    });
    expect((await post(`${started.url}/predict`, row)).status).toBe(200);
    expect(disk.syncs).toBe(1);
  });
});
