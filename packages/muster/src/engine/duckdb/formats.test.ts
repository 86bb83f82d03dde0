import { copyFile, mkdir, truncate } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { fileTests, types } from "./fixtures/file-tests.ts";
import { runDuckDb } from "./fixtures/write-parquet.ts";

const { at, put, parquet, engine, cells } = await fileTests();

describe("lists", () => {
  test("of numbers, booleans, fixed lengths and JSON lines come as JSON that every reader understands", async () => {
    await parquet(
      `SELECT [1.5, 'NaN'::DOUBLE, 'Infinity'::DOUBLE] AS f, [9007199254740993] AS i, [true, NULL] AS b,
        [0.1, 2]::FLOAT[2] AS v, [1.10::DECIMAL(5, 2)] AS d, ['x']::VARCHAR[1] AS s, [[1]] AS nested, [DATE '2001-01-01'] AS days`,
      "lists.parquet",
    );
    const info = await engine.attach("lists", at("lists.parquet"));
    expect(types(info)).toMatchObject({ f: "list", i: "list", b: "list", v: "list", d: "list", s: "list" });
    expect(types(info)).toMatchObject({ nested: "unknown", days: "unknown" });
    const read = await cells("lists", ["f", "i", "b", "v", "d", "s"]);
    expect(read.slice(0, 3)).toEqual([["[1.5,null,null]"], ["[9007199254740993]"], ["[true,null]"]]);
    expect(read.map(([text]) => JSON.parse(String(text)))[3]).toEqual([Math.fround(0.1), 2]);
    expect(read.slice(4)).toEqual([["[1.1]"], ['["x"]']]);
    await put("lists.jsonl", '{"tags":["a","b"]}\n{"tags":[]}\n{"id":1}\n');
    expect(types(await engine.attach("tagged", at("lists.jsonl")))).toMatchObject({ tags: "list" });
    expect(await cells("tagged", ["tags"])).toEqual([['["a","b"]', "[]", null]]);
  });
});

describe("DuckDB files", () => {
  const database = async (name: string, statements: string): Promise<void> => {
    const path = at(name);
    await runDuckDb(`ATTACH '${path}' AS d; ${statements}; DETACH d`);
  };

  test("give the table that the address names, and need no name where there is one only", async () => {
    await database(
      "two.duckdb",
      `CREATE TABLE d.a AS SELECT range AS n, ['x'] AS tags FROM range(3); CREATE SCHEMA d.s; CREATE TABLE d.s."b c" AS SELECT 1 AS y;
       CREATE VIEW d.w AS SELECT n * 2 AS m FROM d.a`,
    );
    await database("one.db", "CREATE TABLE d.only AS SELECT 7 AS x");
    const info = await engine.attach("a", `${at("two.duckdb")}#a`);
    expect(types(info)).toEqual({ n: "integer", tags: "list" });
    expect(await cells("a", ["n"])).toEqual([[0, 1, 2]]);
    await engine.attach("b", `${at("two.duckdb")}#s.b c`);
    expect(await cells("b", ["y"])).toEqual([[1]]);
    expect(await engine.attach("o", at("one.db"))).toMatchObject({ rows: 1 });
    // Tables stand side by side, and what was read stays readable.
    expect(await cells("a", ["n"])).toEqual([[0, 1, 2]]);
  });

  test("are refused with what is in them, or what is wrong with them", async () => {
    const refused = (address: string): Promise<string> =>
      engine.attach("bad", address).then(
        () => "it was read",
        (error: { code: string; message: string }) => `${error.code} ${error.message}`,
      );
    expect(await refused(`${at("two.duckdb")}#nope`)).toMatch(
      /unreadable-table .*no table .*nope \(it has a, s\.b c/,
    );
    expect(await refused(at("two.duckdb"))).toMatch(/several tables/);
    expect(await refused(`${at("gone.duckdb")}#a`)).toMatch(/there is no file/);
    await put("text.duckdb", "this is no database at all, whatever its name says".repeat(100));
    expect(await refused(`${at("text.duckdb")}#a`)).toMatch(/not a DuckDB database/);
    await copyFile(at("one.db"), at("open.db"));
    await put("open.db.wal", "x");
    expect(await refused(at("open.db"))).toMatch(/\.wal/);
    await copyFile(at("two.duckdb"), at("cut.duckdb"));
    await truncate(at("cut.duckdb"), 20_000);
    expect(await refused(`${at("cut.duckdb")}#a`)).toMatch(/unreadable-table/);
  });
});

describe("folders that name columns", () => {
  test("give them for every row, and patterns find files at any depth, packed ones as well", async () => {
    for (const year of [2001, 2002]) {
      await mkdir(at(`hive/year=${year}/month=1`), { recursive: true });
      await parquet(`SELECT ${year} * 10 AS a`, `hive/year=${year}/month=1/part.parquet`);
    }
    for (const address of ["hive", "hive/**/*.parquet", "hive/year=*/*/part.parquet"]) {
      const info = await engine.attach("hive", at(address));
      expect(types(info)).toEqual({ a: "integer", year: "integer", month: "integer" });
      expect(await cells("hive", ["year", "a"])).toEqual([
        [2001, 2002],
        [20010, 20020],
      ]);
    }
    await mkdir(at("packed/x/y"), { recursive: true });
    await put("packed/x/1.csv.gz", gzipSync("a,b\n1,u\n"));
    await put("packed/x/y/2.csv", "b,a\nv,2.5\n");
    expect(types(await engine.attach("packed", at("packed/**/*.csv*")))).toEqual({ a: "float", b: "string" });
    expect(await cells("packed", ["a", "b"])).toEqual([
      [1, 2.5],
      ["u", "v"],
    ]);
  });

  test("of files that do not fit together are refused by the column that differs", async () => {
    await mkdir(at("unlike"));
    await parquet("SELECT 1 AS a", "unlike/1.parquet");
    await parquet("SELECT [1] AS a", "unlike/2.parquet");
    await expect(engine.attach("unlike", at("unlike"))).rejects.toMatchObject({
      code: "engine/unreadable-table",
      message: expect.stringContaining('its column "a" is number in 1.parquet and nested in 2.parquet'),
    });
    await parquet("SELECT 1::DECIMAL(20, 2) AS a, 2 AS b", "unlike/2.parquet");
    expect(types(await engine.attach("alike", at("unlike")))).toEqual({ a: "float", b: "integer" });
    await parquet("SELECT 'x' AS a", "unlike/3.parquet");
    await expect(engine.attach("unlike", at("unlike"))).rejects.toMatchObject({
      message: expect.stringContaining("number in 1.parquet and text in 3.parquet"),
    });
  });
});
