import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openRaw } from "./fixtures/raw-sqlite.ts";
import { useDurably, waitForLocks } from "./sqlite-settings.ts";

describe("a connection to a SQLite store", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "muster-store-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("writes through to the disk, checks references and waits for locks, however it was set before", () => {
    const database = openRaw(folder);
    database.exec("pragma synchronous = off; pragma foreign_keys = off; pragma trusted_schema = on");
    waitForLocks(database);
    useDurably(database, "store.db");
    const setting = (name: string) => database.prepare(`select * from pragma_${name}`).all();
    expect(setting("journal_mode")).toEqual([{ journal_mode: "wal" }]);
    expect(setting("synchronous")).toEqual([{ synchronous: 2 }]);
    expect(setting("foreign_keys")).toEqual([{ foreign_keys: 1 }]);
    expect(setting("trusted_schema")).toEqual([{ trusted_schema: 0 }]);
    expect(setting("busy_timeout")).toEqual([{ timeout: 200 }]);
    database.close();
  });

  it("refuses a place where no write-ahead log can be kept", () => {
    const inMemory = { exec: () => {}, prepare: () => ({ all: () => [{ journal_mode: "memory" }] }) };
    expect(() => useDurably(inMemory, "/there/store.db")).toThrow(
      expect.objectContaining({ code: "store/failed", message: expect.stringContaining("/there/store.db") }),
    );
  });
});
