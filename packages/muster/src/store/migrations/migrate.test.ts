import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { rawKysely, rawSqlite } from "../fixtures/raw-sqlite.ts";
import { anAudit, aPointer, aRelease, aRun, aWaiver, someEvidence } from "../fixtures/samples.ts";
import { openSqliteStore } from "../sqlite.ts";
import type { Store } from "../store.ts";
import { migrate, migrations } from "./migrate.ts";
import type { Migration } from "./migration.ts";
import { sqliteWords } from "./sqlite-words.ts";

const spec = "flight-delay";

describe("the store's schema", () => {
  let folder: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "muster-store-"));
    const store = await openSqliteStore(folder);
    await store.addRun(aRun("run-1"), [someEvidence("a")], anAudit("check"));
    await store.close();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function apply(...further: readonly Migration[]): Promise<void> {
    const db = rawKysely(folder);
    try {
      await migrate(db, sqliteWords, [...migrations, ...further]);
    } finally {
      await db.destroy();
    }
  }

  function next(version: number, ...statements: readonly string[]): Migration {
    return { version, name: `step ${version}`, statements: () => statements };
  }

  const applied = () => rawSqlite(folder, "select version, name from muster_schema order by version");
  /** What a fresh store has been through, and the numbers of steps that are still to be written. */
  const known = migrations.map(({ version, name }) => ({ version, name }));
  const [then, after] = [migrations.length + 1, migrations.length + 2];

  it("has steps that are numbered from 1 without a gap", () => {
    expect(migrations.map((step) => step.version)).toEqual(migrations.map((_, at) => at + 1));
  });

  it("records each step that was applied, and when", () => {
    expect(applied()).toEqual(known);
    const [row] = rawSqlite(folder, "select applied_at from muster_schema");
    expect(row).toEqual({ applied_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) });
  });

  it("grows step by step and keeps what is stored", async () => {
    await apply(
      next(then, "alter table runs add column note text"),
      next(after, "create table notes (id text) strict"),
    );
    expect(applied()).toEqual([
      ...known,
      { version: then, name: `step ${then}` },
      { version: after, name: `step ${after}` },
    ]);
    expect(rawSqlite(folder, "select id, note from runs")).toEqual([{ id: "run-1", note: null }]);
    await apply(
      next(then, "alter table runs add column note text"),
      next(after, "create table notes (id text) strict"),
    );
    expect(applied()).toHaveLength(after);
  });

  it("takes all missing steps or none", async () => {
    await expect(
      apply(next(then, "alter table runs add column note text"), next(after, "create nonsense")),
    ).rejects.toThrow();
    expect(applied()).toEqual(known);
    expect(
      rawSqlite(folder, "select count(*) as n from pragma_table_info('runs') where name = 'note'"),
    ).toEqual([{ n: 0 }]);
    const store = await openSqliteStore(folder);
    expect(await store.runs(spec, 5)).toEqual([aRun("run-1")]);
    await store.close();
  });

  const newer = {
    name: "MusterError",
    code: "store/unreadable",
    message: expect.stringMatching(
      new RegExp(`newer Muster.*schema ${then}.*up to ${migrations.length}.*Nothing was changed`),
    ),
  };

  it("refuses a store of a newer Muster, naming both schemas, and does not touch it", async () => {
    await apply(next(then, "alter table runs add column note text"));
    await expect(openSqliteStore(folder)).rejects.toMatchObject(newer);
    expect(applied()).toHaveLength(then);
    // Nor does it change the way in which a newer Muster might keep its log.
    const later = join(folder, "later");
    mkdirSync(later);
    rawSqlite(
      later,
      "create table muster_schema (version integer primary key, name text, applied_at text)",
      `insert into muster_schema values (${then}, 'step', '2030-01-01T00:00:00.000Z')`,
    );
    const before = readFileSync(join(later, "store.db"));
    await expect(openSqliteStore(later)).rejects.toMatchObject(newer);
    expect(readFileSync(join(later, "store.db")).equals(before)).toBe(true);
  });

  it.each(["runs", "evidence", "releases", "waivers", "audit", "approvals", "spec_texts"])(
    "lets no row of %s change or go",
    async (table) => {
      const store = await openSqliteStore(folder);
      await fill(store);
      await store.close();
      const rows = () => rawSqlite(folder, `select * from ${table}`);
      const before = rows();
      expect(before.length).toBeGreaterThan(0);
      const columns = Object.keys(before[0] ?? {});
      for (const column of columns) {
        expect(() => rawSqlite(folder, `update ${table} set ${column} = ${column}`)).toThrow(/append-only/);
      }
      expect(() => rawSqlite(folder, `delete from ${table}`)).toThrow(/never deleted/);
      // Every way of inserting over a row that is there: with its own keys, and with each of them alone.
      const keyed =
        table === "evidence" || table === "audit" || table === "spec_texts"
          ? ["seq"]
          : table === "releases"
            ? ["number", "id"]
            : ["seq", "id"];
      for (const key of keyed) {
        const values = columns.map((column) => {
          if (column === key || column === "spec" || column === "run_id") return column;
          if (column === "seq" || column === "number") return "999";
          if (column === "verdict" || column === "model_bytes") return column;
          return `'changed'`;
        });
        rawSqlite(
          folder,
          `insert or replace into ${table} (${columns.join(", ")}) select ${values.join(", ")} from ${table}`,
        );
      }
      expect(rows()).toEqual(before);
    },
  );

  it("takes no text where a number belongs, no unknown verdict, and no reference to nothing", async () => {
    const audit = "insert into audit (seq, at, who, what, spec, details) values";
    expect(() => rawSqlite(folder, `${audit} ('first', 'a', 'b', 'c', 'd', 'e')`)).toThrow(
      /mismatch|cannot store TEXT/,
    );
    const run =
      "insert into runs (id, spec, spec_version, spec_digest, verdict, started_at, finished_at) values";
    expect(() => rawSqlite(folder, `${run} ('x', 's', '1', 'd', 'perhaps', 't', 't')`)).toThrow(/CHECK/);
    const release = `insert into releases select 's', 'first', 'r1', '1', 'd', 't', 'd', 1, 'p', '{}', '{}', 'a', 't', null`;
    expect(() => rawSqlite(folder, release)).toThrow(/cannot store TEXT/);
    const pointer = "insert into pointers values ('s', 'live', 'r9', 'a', 't')";
    expect(() => rawSqlite(folder, "pragma foreign_keys = on", pointer)).toThrow(/FOREIGN KEY/);
  });

  it("lets a pointer move, but neither go nor become another's", async () => {
    const store = await openSqliteStore(folder);
    await fill(store);
    await store.close();
    expect(() => rawSqlite(folder, "delete from pointers")).toThrow(/never deleted/);
    expect(() => rawSqlite(folder, "update pointers set role = 'canary'")).toThrow(/never change/);
    expect(() => rawSqlite(folder, "update pointers set spec = 'other'")).toThrow(/never change/);
    rawSqlite(folder, "update pointers set release_id = 'r2'");
    expect(rawSqlite(folder, "select release_id from pointers")).toEqual([{ release_id: "r2" }]);
  });
});

async function fill(store: Store): Promise<void> {
  await store.addRelease(aRelease(), anAudit("release add"));
  await store.addRelease(aRelease(), anAudit("release add"));
  await store.movePointer(aPointer("live", "r1"), null, anAudit("release promote"));
  await store.addWaiver(spec, aWaiver("w-1"), anAudit("waive"));
  const approval = { id: "a-1", fingerprint: "0123456789ab", change: "less", by: "pm", reason: "so be it" };
  await store.addApproval(spec, { ...approval, approvedAt: "2026-03-01T09:00:00.000Z" }, anAudit("approve"));
  await store.keepSpec({ spec, digest: "sha256:1", text: "name: x", keptAt: "2026-03-01T09:00:00.000Z" });
}
