import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Program, Projection } from "../transform/program.ts";
import { DuckDbEngine } from "./duckdb/duckdb-engine.ts";
import { writeParquet } from "./duckdb/fixtures/write-parquet.ts";
import type { Engine } from "./engine.ts";
import { smallTable } from "./fixtures/small-table.ts";
import { MemoryEngine } from "./memory/memory-engine.ts";

const folder = mkdtempSync(join(tmpdir(), "muster-project-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, "t.parquet");
await writeParquet(file, smallTable);

async function duckdb(): Promise<Engine> {
  const engine = await DuckDbEngine.open({ threads: 2 });
  await engine.attach("t", file);
  return engine;
}
const memory = async (): Promise<Engine> => MemoryEngine.of({ t: smallTable });

const score: Program = {
  column: "score",
  entry: "number",
  steps: [{ kind: "filled", value: 7 }],
  output: { kind: "number", name: "score", whole: false },
};
const city: Program = {
  column: "city",
  entry: "text",
  steps: [{ kind: "lowercase" }, { kind: "place", values: ["ulm", "bonn"] }],
  output: { kind: "indicators", names: ["city=ulm", "city=bonn"] },
};

async function rowsOf(engine: Engine, projection: Projection): Promise<readonly unknown[]> {
  const info = await engine.project("p", "t", projection);
  const names = info.columns.map(({ name }) => name);
  const rows: unknown[] = [];
  for await (const batch of engine.scan("p", names, 100))
    for (let row = 0; row < batch.rows; row += 1)
      rows.push(names.map((name) => batch.columns[name]?.[row] ?? null));
  expect(rows.length).toBe(info.rows);
  return rows;
}

describe.each([
  ["DuckDB", duckdb],
  ["Memory", memory],
])("%s projects a table", (_, open) => {
  test("to columns that programs make, in its order, with what is kept behind them", async () => {
    const engine = await open();
    expect(await rowsOf(engine, { programs: [score, city], kept: ["id"] })).toEqual([
      [0.25, 1, 0, 1],
      [7, 1, 0, 2],
      [7, 0, 0, 3],
      [0, 0, 0, 4],
      [0, 0, 1, null],
      [7, 0, 0, 6],
    ]);
    await engine.close();
  });

  test("to every n-th of its rows", async () => {
    const engine = await open();
    expect(await rowsOf(engine, { programs: [], kept: ["id"], every: 4 })).toEqual([[1], [null]]);
    await engine.close();
  });

  test("but not to two columns whose names differ only by case, nor from a column of another type", async () => {
    const engine = await open();
    const twins: Program = { ...city, output: { kind: "indicators", names: ["city=Ulm", "city=ulm"] } };
    await expect(engine.project("p", "t", { programs: [twins], kept: [] })).rejects.toThrow(/city=ulm/);
    const wrong: Program = { ...score, column: "city" };
    await expect(engine.project("p", "t", { programs: [wrong], kept: [] })).rejects.toThrow(/city/);
    await engine.close();
  });
});

test("a projected table is written as Parquet, whole or not at all", async () => {
  const engine = await duckdb();
  await engine.project("p", "t", { programs: [score], kept: ["city"] });
  await engine.write("p", join(folder, "out.parquet"));
  const info = await engine.attach("again", join(folder, "out.parquet"));
  expect(info).toMatchObject({
    rows: 6,
    columns: [
      { name: "score", type: "float" },
      { name: "city", type: "string" },
    ],
  });
  await expect(engine.write("p", join(folder, "no", "such", "out.parquet"))).rejects.toMatchObject({
    code: "engine/failed",
  });
  await expect(engine.write("p", folder)).rejects.toMatchObject({ code: "engine/failed" });
  expect(readdirSync(folder).sort()).toEqual(["out.parquet", "t.parquet"]);
  await engine.close();
});
