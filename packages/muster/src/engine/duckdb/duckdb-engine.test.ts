import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Aggregate } from "../../query/aggregate.ts";
import { column } from "../../query/expression.ts";
import { engineConformance } from "../conformance.ts";
import { DuckDbEngine } from "./duckdb-engine.ts";
import { runDuckDb, writeParquet } from "./fixtures/write-parquet.ts";
import { DuckDbSession, startDuckDb } from "./session.ts";

const folder = await mkdtemp(join(tmpdir(), "muster-test-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

engineConformance("DuckDB", async () => {
  const engine = await DuckDbEngine.open({ threads: 2 });
  let files = 0;
  const paths = new Map<string, string>();
  return {
    engine,
    address: (table) => paths.get(table) ?? "",
    async load(table, rows) {
      const path = join(folder, `${++files}.parquet`);
      paths.set(table, path);
      await writeParquet(path, rows);
      await engine.attach(table, path);
    },
  };
});

const total = (table: string): Aggregate => ({ table, by: [], values: { n: { fn: "count" } } });

test("reads the rows, whatever a file says of them", async () => {
  const honest = join(folder, "honest.parquet");
  await runDuckDb(
    `COPY (SELECT range AS x FROM range(1000) UNION ALL SELECT 123456789012345) TO '${honest}' (FORMAT parquet)`,
  );
  const bytes = await readFile(honest);
  const footer = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
  const greatest = Buffer.alloc(8);
  greatest.writeBigInt64LE(123456789012345n);
  let patched = 0;
  for (let at = bytes.indexOf(greatest, footer); at !== -1; at = bytes.indexOf(greatest, at + 1)) {
    bytes.writeBigInt64LE(999n, at);
    patched += 1;
  }
  expect(patched).toBeGreaterThan(0);
  const lying = join(folder, "lying.parquet");
  await writeFile(lying, bytes);
  const engine = await DuckDbEngine.open({ threads: 1 });
  try {
    await engine.attach("t", lying);
    const [answer] = await engine.aggregate([
      { table: "t", by: [], values: { n: { fn: "count" }, high: { fn: "max", of: column("x") } } },
    ]);
    expect(answer?.groups.values).toEqual({
      n: Float64Array.of(1001),
      high: Float64Array.of(123456789012345),
    });
  } finally {
    await engine.close();
  }
});

describe("DuckDB under pressure", () => {
  const file = join(folder, "big.parquet");
  beforeAll(() =>
    runDuckDb(
      `COPY (SELECT range AS id, hash(range) % 1000003 / 7e0 AS x FROM range(1500000)) TO '${file}' (FORMAT parquet)`,
    ),
  );
  const groups: Aggregate = {
    table: "big",
    by: [{ kind: "number", of: column("id") }],
    values: { n: { fn: "count" }, s: { fn: "sum", of: column("x") } },
  };

  test("stops a statement when the signal aborts, and the engine goes on", async () => {
    const engine = await DuckDbEngine.open({ threads: 1 });
    await engine.attach("big", file);
    const signal = AbortSignal.timeout(30);
    await expect(
      engine.aggregate([groups, { ...groups, by: [{ kind: "number", of: column("x") }] }], signal),
    ).rejects.toMatchObject({
      code: "cancelled",
    });
    expect((await engine.aggregate([total("big")]))[0]?.groups.values.n?.[0]).toBe(1_500_000);
    await engine.close();
  });

  test("stops a scan half way, by a signal or because nobody reads on", async () => {
    const engine = await DuckDbEngine.open({ threads: 2 });
    await engine.attach("big", file);
    const stop = new AbortController();
    const reading = (async () => {
      for await (const batch of engine.scan("big", ["id"], 1000, stop.signal))
        if (batch.rows > 0) stop.abort();
    })();
    await expect(reading).rejects.toMatchObject({ code: "cancelled" });
    for await (const batch of engine.scan("big", ["id"], 1000)) {
      expect(batch.columns.id?.[999]).toBe(999);
      break;
    }
    await engine.close();
  });

  test("puts what does not fit in memory on disk, and leaves nothing there", async () => {
    const tempDirectory = await mkdtemp(join(folder, "temp-"));
    const engine = await DuckDbEngine.open({ threads: 2, memoryLimit: "60MB", tempDirectory });
    await engine.attach("big", file);
    const distinct: Aggregate = {
      table: "big",
      by: [],
      values: { d: { fn: "count_distinct", column: "id" } },
    };
    const overlap = await engine.overlap("big", "big", ["id"]);
    expect(overlap.rows).toBe(1_500_000);
    const [answer] = await engine.aggregate([distinct]);
    expect(answer?.groups.values.d?.[0]).toBe(1_500_000);
    await engine.close();
    expect(await readdir(tempDirectory)).toEqual([]);
  });

  test("fails as too large where even the disk does not help, and goes on", async () => {
    const engine = await DuckDbEngine.open({ threads: 1, memoryLimit: "10MB" });
    await engine.attach("big", file);
    await expect(engine.aggregate([groups])).rejects.toMatchObject({ code: "engine/too-large" });
    expect((await engine.aggregate([total("big")]))[0]?.groups.values.n?.[0]).toBe(1_500_000);
    await engine.close();
  });

  test("fails as too large before an answer of too many groups fills this process, and goes on", async () => {
    const engine = await DuckDbEngine.open({ threads: 2, mostGroups: 100_000 });
    await engine.attach("big", file);
    await expect(engine.aggregate([groups])).rejects.toMatchObject({
      code: "engine/too-large",
      message: expect.stringContaining("100,000 groups"),
    });
    const few: Aggregate = { ...groups, by: [{ kind: "cell", of: column("id"), per: 1 / 100 }] };
    expect((await engine.aggregate([few]))[0]?.groups.count).toBe(15_000);
    await engine.close();
  });

  test("stops widening half way when the signal aborts, and leaves the table as it was", async () => {
    const tempDirectory = await mkdtemp(join(folder, "temp-"));
    const engine = await DuckDbEngine.open({ threads: 2, tempDirectory });
    await engine.attach("big", file);
    const stop = new AbortController();
    let given = 0;
    async function* batches(): AsyncGenerator<Record<string, Float64Array>> {
      for (; given < 100; given++) {
        if (given === 3) stop.abort();
        yield { p: new Float64Array(15_000) };
      }
    }
    await expect(engine.widen("wide", "big", ["p"], batches(), stop.signal)).rejects.toMatchObject({
      code: "cancelled",
    });
    expect(given).toBeLessThan(10);
    expect(() => engine.info("wide")).toThrow(/wide/);
    expect((await engine.aggregate([total("big")]))[0]?.groups.values.n?.[0]).toBe(1_500_000);
    await engine.close();
    expect(await readdir(tempDirectory)).toEqual([]);
  });

  test("answers several callers at once", async () => {
    const engine = await DuckDbEngine.open({ threads: 2 });
    await engine.attach("big", file);
    const answers = await Promise.all([
      engine.aggregate([total("big")]),
      engine.attach("more", file).then(() => engine.aggregate([total("more")])),
      engine.aggregate([total("big")]),
    ]);
    for (const [answer] of answers) expect(answer?.groups.values.n?.[0]).toBe(1_500_000);
    await engine.close();
  });

  test("closes while a statement runs, which then fails", async () => {
    const engine = await DuckDbEngine.open({ threads: 1 });
    await engine.attach("big", file);
    const running = engine.aggregate([groups]);
    await Promise.all([
      engine.close(),
      expect(running).rejects.toMatchObject({ code: expect.stringMatching(/^engine\//) }),
    ]);
  });
});

describe("a locked session", () => {
  test("reads the files it was given and its own folder, and nothing else", async () => {
    const given = join(folder, "given.parquet");
    const secret = join(folder, "secret.parquet");
    await runDuckDb(`COPY (SELECT 1 AS a) TO '${given}'; COPY (SELECT 2 AS a) TO '${secret}'`);
    const own = await mkdtemp(join(folder, "own-"));
    const session = await DuckDbSession.open(await startDuckDb({}, own), {
      dataFolder: own,
      files: [given],
      views: [],
    });
    const ask = (sql: string): Promise<unknown> =>
      session.use(undefined, "asking", (statements) => statements.rows(sql));
    expect(await ask(`SELECT a FROM read_parquet('${given}')`)).toEqual([[1]]);
    for (const sql of [
      `SELECT a FROM read_parquet('${secret}')`,
      `SELECT * FROM read_parquet('${folder}/*.parquet')`,
      `SELECT * FROM read_text('/etc/hostname')`,
      `SELECT * FROM read_text('${own}/../secret.parquet')`,
      `COPY (SELECT 1) TO '${join(folder, "out.csv")}'`,
      `ATTACH '${join(folder, "x.db")}'`,
      "INSTALL httpfs",
      "LOAD httpfs",
      "SET enable_external_access = true",
      "SET memory_limit = '1TB'",
    ]) {
      await expect(ask(sql), sql).rejects.toMatchObject({ code: "engine/failed" });
    }
    await session.close();
  });
});
