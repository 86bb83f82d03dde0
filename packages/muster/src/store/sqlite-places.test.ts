import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { maxListed } from "./bounds.ts";
import { holdWriteLock, rawSqlite } from "./fixtures/raw-sqlite.ts";
import { anAudit, aRun, someEvidence } from "./fixtures/samples.ts";
import { startWriter } from "./fixtures/writers.ts";
import { openSqliteStore } from "./sqlite.ts";

const spec = "flight-delay";
const posix = process.platform !== "win32";

describe("the place of a SQLite store", () => {
  let parent: string;
  let folder: string;
  let file: string;

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), "muster-store-"));
    folder = join(parent, ".muster");
    file = join(folder, "store.db");
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  const refused = (code: string, message: RegExp) =>
    expect.objectContaining({
      name: "MusterError",
      code,
      message: expect.stringMatching(message),
      hint: expect.stringMatching(/\w.*\.$/),
    });

  async function makeStore(runs = 1): Promise<void> {
    const store = await openSqliteStore(folder);
    for (let n = 1; n <= runs; n += 1) {
      await store.addRun(
        aRun(`run-${n}`),
        [someEvidence("a", { query: "q".repeat(2_000) })],
        anAudit("check"),
      );
    }
    await store.close();
  }

  it("is made when the folder is missing, for its owner alone", async () => {
    await makeStore();
    expect(existsSync(file)).toBe(true);
    if (posix) {
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    }
  });

  it("keeps the rights that a team has given to an existing store", async () => {
    await makeStore();
    chmodSync(folder, 0o770);
    chmodSync(file, 0o660);
    await makeStore(0);
    if (posix) expect([statSync(folder).mode & 0o777, statSync(file).mode & 0o777]).toEqual([0o770, 0o660]);
  });

  it("is one file when it is closed, with all in it", async () => {
    await makeStore(20);
    expect(existsSync(`${file}-wal`) ? statSync(`${file}-wal`).size : 0).toBe(0);
    const copy = join(parent, "copy");
    mkdirSync(copy);
    writeFileSync(join(copy, "store.db"), readFileSync(file));
    const store = await openSqliteStore(copy);
    expect(await store.runs(spec, maxListed)).toHaveLength(20);
    await store.close();
  });

  it("may hold an empty file, which becomes a store", async () => {
    mkdirSync(folder);
    writeFileSync(file, "");
    await makeStore();
    expect(rawSqlite(folder, "select id from runs")).toEqual([{ id: "run-1" }]);
  });

  it.each([
    ["one byte", "h"],
    ["a line", "hello\n"],
    ["a little less than the smallest database", "h".repeat(511)],
    ["a text", "this is a text and no database\n".repeat(1_000)],
    ["zeros", "\0".repeat(8_192)],
  ])("is refused when store.db is no database but %s, which stays as it is", async (_, content) => {
    mkdirSync(folder);
    writeFileSync(file, content);
    await expect(openSqliteStore(folder)).rejects.toEqual(
      refused("store/unreadable", /store\.db is not a (database|store).*nothing was changed/i),
    );
    expect(readFileSync(file, "utf8")).toBe(content);
    expect(readdirSync(folder)).toEqual(["store.db"]);
  });

  it("is refused when store.db is the database of another program, which stays as it is", async () => {
    mkdirSync(folder);
    rawSqlite(folder, "create table songs (title text)", "insert into songs values ('So What')");
    const before = readFileSync(file);
    await expect(openSqliteStore(folder)).rejects.toEqual(
      refused("store/unreadable", /not a store of Muster/),
    );
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(rawSqlite(folder, "pragma journal_mode")).toEqual([{ journal_mode: "delete" }]);
  });

  it("is refused when its header was overwritten", async () => {
    await makeStore();
    const bytes = readFileSync(file);
    bytes.fill("x", 0, 100);
    writeFileSync(file, bytes);
    await expect(openSqliteStore(folder)).rejects.toEqual(refused("store/unreadable", /not a database/));
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it("tells of damage inside when it meets it, and never answers with less than was stored", async () => {
    await makeStore(60);
    const bytes = readFileSync(file);
    for (let page = 4_096; page < bytes.length; page += 4_096) bytes.fill(0xa5, page, page + 2_000);
    writeFileSync(file, bytes);
    const outcome = openSqliteStore(folder).then(async (store) => {
      try {
        return await store.runs(spec, maxListed);
      } finally {
        await store.close();
      }
    });
    await expect(outcome).rejects.toEqual(refused("store/unreadable", /damaged|not a database/));
  });

  it("tells of a file that was cut short", async () => {
    await makeStore(60);
    truncateSync(file, 4_096 * 3);
    const outcome = openSqliteStore(folder).then(async (store) => {
      try {
        await store.runs(spec, maxListed);
        return await store.evidence(spec);
      } finally {
        await store.close();
      }
    });
    await expect(outcome).rejects.toEqual(refused("store/unreadable", /damaged/));
  });

  it("is refused when the file is gone or empty but its log holds data", async () => {
    const store = await openSqliteStore(folder);
    await store.addRun(aRun("run-1"), [], anAudit("check"));
    const lost = join(parent, "lost");
    mkdirSync(lost);
    const log = readFileSync(`${file}-wal`);
    writeFileSync(join(lost, "store.db-wal"), log);
    await store.close();
    await expect(openSqliteStore(lost)).rejects.toEqual(
      refused("store/unreadable", /missing.*log.*holds data/),
    );
    writeFileSync(join(lost, "store.db"), "");
    await expect(openSqliteStore(lost)).rejects.toEqual(
      refused("store/unreadable", /empty.*log.*holds data/),
    );
    expect(readFileSync(join(lost, "store.db-wal")).equals(log)).toBe(true);
  });

  it("is refused when not even the parent of its folder is there", async () => {
    const far = join(parent, "no", "such", "folder");
    await expect(openSqliteStore(far)).rejects.toEqual(refused("store/failed", /no folder to lie in/));
    expect(existsSync(join(parent, "no"))).toBe(false);
  });

  it("is refused when a file stands where a folder should be, or a folder where the file should be", async () => {
    writeFileSync(folder, "a file");
    await expect(openSqliteStore(folder)).rejects.toEqual(refused("store/failed", /a file stands where/));
    expect(readFileSync(folder, "utf8")).toBe("a file");
    await expect(openSqliteStore(join(folder, "deeper"))).rejects.toEqual(
      refused("store/failed", /a file stands where/),
    );
    rmSync(folder);
    mkdirSync(file, { recursive: true });
    await expect(openSqliteStore(folder)).rejects.toEqual(refused("store/unreadable", /not a store/));
  });

  it.runIf(posix)("is refused when the folder or the file may not be written", async () => {
    await makeStore();
    const before = readFileSync(file);
    // The superuser may write everything, so the writer becomes somebody else; the folders above let that user in.
    const nobody = process.getuid?.() === 0 ? 65_534 : undefined;
    chmodSync(parent, 0o755);
    chmodSync(folder, 0o555);
    chmodSync(file, 0o644);
    const inFolder = startWriter(folder, "ann", { runs: 1 }, { user: nobody });
    await inFolder.ended;
    chmodSync(folder, 0o777);
    chmodSync(file, 0o444);
    const inFile = startWriter(folder, "ann", { runs: 1 }, { user: nobody });
    await inFile.ended;
    for (const { lines } of [inFolder, inFile]) {
      expect(lines).toEqual([
        expect.stringMatching(/^error store\/failed The store .*store\.db cannot be written/),
      ]);
    }
    chmodSync(folder, 0o700);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it.runIf(posix)("says so when the disk is full, and what was acknowledged before is whole", async () => {
    await makeStore();
    // Files of this process end at 2 MiB: the same answer of the operating system as from a full disk, but here.
    const blocks = 4_096;
    const writer = startWriter(folder, "ann", { runs: 100_000 }, { shell: `ulimit -f ${blocks};` });
    await writer.ended;
    const acknowledged = writer.lines.slice(0, -1).map((line) => line.replace("run ", ""));
    expect(acknowledged.length).toBeGreaterThan(10);
    expect(writer.lines.at(-1)).toMatch(/^error store\/failed The store .* (disk|full)/);
    const store = await openSqliteStore(folder);
    const stored = new Set((await store.runs(spec, maxListed)).map((run) => run.id));
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
    await store.addRun(aRun("after"), [], anAudit("check"));
    await store.close();
    expect(rawSqlite(folder, "pragma integrity_check")).toEqual([{ integrity_check: "ok" }]);
  });

  it("waits for another writer while the event loop goes on, and readers wait for nobody", async () => {
    await makeStore();
    const store = await openSqliteStore(folder);
    const lock = holdWriteLock(folder);
    let turns = 0;
    const clock = setInterval(() => {
      turns += 1;
    }, 5);
    let stored = false;
    const waiting = store.addRun(aRun("run-2"), [], anAudit("check")).then(() => {
      stored = true;
    });
    const other = await openSqliteStore(folder);
    expect(await other.runs(spec, 5)).toHaveLength(1);
    const begun = performance.now();
    while (turns < 5 || performance.now() < begun + 300)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(stored).toBe(false);
    lock.release();
    await waiting;
    clearInterval(clock);
    expect(await other.runs(spec, 5)).toHaveLength(2);
    await store.close();
    await other.close();
  });

  it("lets the event loop turn during a long series of calls", async () => {
    await makeStore();
    const store = await openSqliteStore(folder);
    let turns = 0;
    const clock = setInterval(() => {
      turns += 1;
    }, 1);
    const end = performance.now() + 200;
    while (performance.now() < end) await store.runs(spec, 5);
    clearInterval(clock);
    await store.close();
    expect(turns).toBeGreaterThan(1);
  });
});
