import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, rm, symlink, truncate } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Rename } from "../engine.ts";
import { DuckDbEngine } from "./duckdb-engine.ts";
import { fileTests, types } from "./fixtures/file-tests.ts";

const { at, put, parquet, engine, cells } = await fileTests();

describe("reading files", () => {
  test("takes the digest of a single file from its bytes alone", async () => {
    await put("a.csv", "a,b\n1,x\n");
    const bytes = await readFile(at("a.csv"));
    await engine.attach("a", at("a.csv"));
    expect(await engine.digest("a")).toBe(`sha256:${createHash("sha256").update(bytes).digest("hex")}`);
  });

  test("reads CSV and JSON lines, packed or not, with types that every row agrees with", async () => {
    const csv = `n,t,when,late,mixed\n1,"",2001-01-01 06:00:00,true,1\n2.5,,,false,1\n${"3,y,,true,1\n".repeat(30_000)}4,z,,true,word\n`;
    await put("t.csv.gz", gzipSync(csv));
    const info = await engine.attach("csv", at("t.csv.gz"));
    expect(types(info)).toEqual({
      n: "float",
      t: "string",
      when: "datetime",
      late: "boolean",
      mixed: "string",
    });
    expect(info.rows).toBe(30_003);
    expect((await cells("csv", ["t"]))[0]?.slice(0, 3)).toEqual(["", null, "y"]);
    await put("t.jsonl.gz", gzipSync('{"n":1,"t":"x"}\n{"n":2,"late":true}\n'));
    expect(types(await engine.attach("json", at("t.jsonl.gz")))).toEqual({
      n: "integer",
      t: "string",
      late: "boolean",
    });
    expect(await cells("json", ["t", "late"])).toEqual([
      ["x", null],
      [null, true],
    ]);
  });

  test("cuts a CSV file by its first line: semicolons, tabs, a byte order mark, quoted names", async () => {
    await put("s.csv", '"a;b";c\r\n1;2\r\n');
    await put("bom.csv", '\uFEFFa;"c,d"\n1;2\n');
    await put("s.tsv", "a\tb,c\n1\t2\n");
    expect(types(await engine.attach("s", at("s.csv")))).toEqual({ "a;b": "integer", c: "integer" });
    expect(types(await engine.attach("s", at("bom.csv")))).toEqual({ a: "integer", "c,d": "integer" });
    expect(types(await engine.attach("s", at("s.tsv")))).toEqual({ a: "integer", "b,c": "integer" });
  });

  test("takes the digest of a Parquet file of many parts from its bytes, also for several who ask at once", async () => {
    await parquet("SELECT hash(range) AS a FROM range(500000)", "parts.parquet");
    const bytes = await readFile(at("parts.parquet"));
    expect(bytes.length).toBeGreaterThan(3 << 20);
    await engine.attach("parts", at("parts.parquet"));
    const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
    expect(await Promise.all([engine.digest("parts"), engine.digest("parts")])).toEqual([digest, digest]);
  });

  test("is closed while a digest is taken, and answers nothing without a table", async () => {
    const other = await DuckDbEngine.open();
    expect(await other.aggregate([])).toEqual([]);
    await other.attach("parts", at("parts.parquet"));
    await other.close();
    await expect(other.digest("parts")).rejects.toMatchObject({ code: "engine/failed" });
    await (await DuckDbEngine.open()).close();
  });

  test("samples the same rows of a table whether its rows are numbered in one file, counted, or misnumbered by a column", async () => {
    const rows = "SELECT i AS id, 7 AS file_row_number, i / 2 AS x FROM range(5000) AS r(i)";
    await parquet(`SELECT id, x FROM (${rows})`, "one.parquet");
    await parquet(rows, "own-numbers.parquet");
    await mkdir(at("parts"), { recursive: true });
    await parquet(`SELECT id, x FROM (${rows}) LIMIT 1700`, "parts/1.parquet");
    await parquet(`SELECT id, x FROM (${rows}) OFFSET 1700`, "parts/2.parquet");
    const idsOf = async (file: string, rename: Rename = new Map()): Promise<unknown> => {
      await engine.attach("sampled", at(file), undefined, rename);
      return (await engine.sample("sampled", ["id"], 300)).columns.id;
    };
    const counted = await idsOf("parts");
    expect(Array.from(counted as Float64Array).length).toBeGreaterThan(290);
    expect(await idsOf("one.parquet")).toEqual(counted);
    expect(await idsOf("own-numbers.parquet")).toEqual(counted);
    expect(await idsOf("own-numbers.parquet", new Map([["seven", "file_row_number"]]))).toEqual(counted);
    expect(await idsOf("one.parquet", new Map([["half", "x"]]))).toEqual(counted);
  });

  test("reads a folder or a pattern of files in the order of their names, and its digest is of names and contents", async () => {
    await mkdir(at("many/b"), { recursive: true });
    await parquet("SELECT 2 AS a, 20 AS more", "many/b/1.parquet");
    await parquet("SELECT 1 AS a", "many/a.parquet");
    await put("many/_SUCCESS.csv", "");
    await put("many/notes.txt", "");
    await engine.attach("many", at("many"));
    const digest = await engine.digest("many");
    expect(await cells("many", ["a", "more"])).toEqual([
      [1, 2],
      [null, 20],
    ]);
    await engine.attach("pattern", at("many/**/?.parquet"));
    expect(await engine.digest("pattern")).toBe(digest);
    await copyFile(at("many/a.parquet"), at("many/c.parquet"));
    await engine.attach("many", at("many"));
    expect(await engine.digest("many")).not.toBe(digest);
    async function* scores(): AsyncGenerator<Record<string, Float64Array>> {
      yield { s: Float64Array.of(10, 20, 30) };
    }
    await engine.widen("scored", "many", ["s"], scores());
    expect(await cells("scored", ["s", "a"])).toEqual([
      [10, 20, 30],
      [1, 2, 1],
    ]);
  });

  test("takes a name that looks like a pattern for the file of that name", async () => {
    await copyFile(at("ok.parquet"), at("odd [1]* 'q'.parquet"));
    await copyFile(at("ok.parquet"), at("odd 1 'q'.parquet"));
    expect((await engine.attach("odd", at("odd [1]* 'q'.parquet"))).rows).toBe(1000);
  });

  test("keeps no rows and 2,000 columns", async () => {
    await parquet("SELECT 1 AS a WHERE false", "none.parquet");
    expect((await engine.attach("none", at("none.parquet"))).rows).toBe(0);
    const columns = Array.from({ length: 2000 }, (_, i) => `${i} AS "c${i}"`).join(", ");
    await parquet(`SELECT ${columns} FROM range(10)`, "wide.parquet");
    const info = await engine.attach("wide", at("wide.parquet"));
    expect(info.columns).toHaveLength(2000);
    const of = (name: string) => ({ kind: "column", column: name }) as const;
    const [answer] = await engine.aggregate(
      info.columns.map(({ name }) => ({
        table: "wide",
        by: [],
        values: {
          n: { fn: "count", where: { kind: "is_missing", column: name } },
          m: { fn: "max", of: of(name) },
        },
      })),
    );
    expect(answer?.groups.values).toEqual({ n: Float64Array.of(0), m: Float64Array.of(0) });
  });

  test("reads names with quotes, dots and SQL in them", async () => {
    await parquet(`SELECT 1 AS "a'b; --""", 2 AS "x.y", 3 AS "日本", 4 AS "__proto__"`, "names.parquet");
    await engine.attach("names", at("names.parquet"));
    const by = [
      { kind: "values", column: `a'b; --"` },
      { kind: "values", column: "__proto__" },
    ] as const;
    const [answer] = await engine.aggregate([
      { table: "names", by, values: { __proto__x: { fn: "count" } } },
    ]);
    expect(answer?.groups.keys).toEqual([["1"], ["4"]]);
  });
});

describe("refusing files", () => {
  const refused = async (name: string): Promise<string> => {
    const caught = await engine.attach("bad", at(name)).then(
      () => ({ code: "none", message: "it was read" }),
      (error: { code: string; message: string }) => error,
    );
    expect(caught.code).toBe("engine/unreadable-table");
    expect(caught.message).toContain(`"${at(name)}"`);
    expect(caught.message).not.toMatch(/LINE \d|muster-duckdb|read_csv|read_parquet|\n/);
    return caught.message;
  };

  test("says of a file that is not there, empty, or of no known format what it is", async () => {
    await put("empty.csv", "");
    await put("notes.txt", "a");
    await mkdir(at("nothing"));
    await symlink(at("loop.csv"), at("loop.csv"));
    expect(await refused("nope.csv")).toMatch(/there is no such file/);
    expect(await refused("nope/*.csv")).toMatch(/no such folder/);
    expect(await refused("empty.csv")).toMatch(/it is empty/);
    expect(await refused("notes.txt")).toMatch(/known format/);
    expect(await refused("nothing")).toMatch(/no file of a known format/);
    expect(await refused("loop.csv")).toMatch(/circle/);
  });

  test("finds files that are cut off or not what their name says", async () => {
    await copyFile(at("ok.parquet"), at("cut.parquet"));
    await truncate(at("cut.parquet"), 300);
    await put("text.parquet", "this is not a Parquet file at all");
    const packed = gzipSync(Array.from({ length: 5000 }, (_, i) => `${i},${Math.sin(i)}`).join("\n"));
    await put("cut.csv.gz", packed.subarray(0, packed.length - 500));
    await put("plain.csv.gz", "a,b\n1,2\n");
    expect(await refused("cut.parquet")).toMatch(/cut off/);
    expect(await refused("text.parquet")).toMatch(/not a whole Parquet file/);
    expect(await refused("cut.csv.gz")).toMatch(/cut off/);
    expect(await refused("plain.csv.gz")).toMatch(/gzip/);
  });

  test("skips no line of a CSV or JSON lines file that does not fit", async () => {
    await put("ragged.csv", "a,b\n1,2\n3\n4,5,6\n");
    await put("quote.csv", 'a,b\n"un,2\n3,4\n');
    await put("blank.csv", "\n\n");
    await put("bad.jsonl", '{"a":1}\n{"a":\n');
    await put("scalar.jsonl", "1\n2\n");
    expect(await refused("ragged.csv")).toMatch(/fields/);
    expect(await refused("quote.csv")).toMatch(/quote/);
    expect(await refused("blank.csv")).toMatch(/names no columns/);
    expect(await refused("bad.jsonl")).toMatch(/line 3|line 2/);
    expect(await refused("scalar.jsonl")).toMatch(/not a JSON object/);
  });

  test("refuses columns that differ only by case, and lets names that merely look renamed pass", async () => {
    await put("twins.csv", "a,A\n1,2\n");
    await put("twice.csv", "a,b,a\n1,2,3\n");
    await put("twins.jsonl", '{"a":1,"A":2}\n');
    await put("fine.csv", "a,A_1,a_2\n1,2,3\n");
    await parquet("SELECT 1 AS a, {a: 1, A_1: 2} AS s, 2 AS a_1", "fine.parquet");
    expect(await refused("twins.csv")).toMatch(/differ only by case/);
    expect(await refused("twice.csv")).toMatch(/two columns "a"/);
    expect(await refused("twins.jsonl")).toMatch(/differ only by case/);
    expect((await engine.attach("fine", at("fine.csv"))).columns).toHaveLength(3);
    expect((await engine.attach("fine", at("fine.parquet"))).columns).toHaveLength(3);
  });

  test("refuses a folder of several formats", async () => {
    await mkdir(at("mixed"));
    await copyFile(at("ok.parquet"), at("mixed/a.parquet"));
    await put("mixed/a.csv", "a\n1\n");
    expect(await refused("mixed")).toMatch(/several formats \(csv, parquet\)/);
  });

  test("leaves a table as it was when its replacement cannot be read", async () => {
    await engine.attach("kept", at("ok.parquet"));
    await expect(engine.attach("kept", at("text.parquet"))).rejects.toMatchObject({
      code: "engine/unreadable-table",
    });
    expect(engine.info("kept").rows).toBe(1000);
    expect((await cells("kept", ["a"]))[0]?.slice(0, 2)).toEqual([0, 1]);
  });

  test("says that a file has changed or is gone since it was attached, and reads the others on", async () => {
    await parquet("SELECT 1 AS a", "moving.parquet");
    await engine.attach("moving", at("moving.parquet"));
    const ask = (table: string) => engine.aggregate([{ table, by: [], values: { n: { fn: "count" } } }]);
    expect((await ask("moving"))[0]?.groups.values.n).toEqual(Float64Array.of(1));
    await parquet("SELECT range AS a FROM range(5)", "moving.parquet");
    await expect(ask("moving")).rejects.toMatchObject({
      message: expect.stringContaining("has changed since"),
    });
    await expect(engine.digest("moving")).rejects.toMatchObject({
      message: expect.stringContaining("has changed since"),
    });
    await rm(at("moving.parquet"));
    await expect(ask("moving")).rejects.toMatchObject({ message: expect.stringContaining("is gone") });
    await expect(engine.overlap("kept", "moving", ["a"])).rejects.toMatchObject({ code: "engine/failed" });
    await engine.attach("next", at("ok.parquet"));
    expect((await ask("next"))[0]?.groups.values.n).toEqual(Float64Array.of(1000));
  });
});
