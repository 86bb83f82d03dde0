import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ToldRows } from "../../query/question.ts";
import type { ColumnType } from "../engine.ts";
import { DuckDbEngine } from "./duckdb-engine.ts";

// The files and the script that writes them, with pandas 3.1.1 and pyarrow 26.0.1, stand in fixtures/pandas.
const file = (name: string): string => fileURLToPath(new URL(`fixtures/pandas/${name}`, import.meta.url));

let engine: DuckDbEngine;
beforeAll(async () => {
  engine = await DuckDbEngine.open();
});
afterAll(() => engine.close());

const types: Readonly<Record<string, ColumnType>> = {
  id: "integer",
  small: "integer",
  score: "float",
  single: "float",
  carrier: "string",
  name: "string",
  late: "boolean",
  label: "integer",
  at: "datetime",
  seen: "datetime",
  day: "datetime",
};

const cells: Readonly<Record<string, readonly (string | null)[]>> = {
  id: ["1", "2", null, "4"],
  small: ["1", null, "3", "4"],
  score: ["0.5", null, "Infinity", "0"],
  single: ["0.25", "0.5", null, "1"],
  carrier: ["AA", "UA", null, "AA"],
  name: ["Ada", "", null, "o'Fallon"],
  late: ["true", "false", null, "true"],
  label: ["1", "0", "0", "1"],
  at: ["2001-01-01T00:00:00.000Z", "2001-01-02T06:30:00.000Z", null, "2001-01-04T00:00:00.000Z"],
  // Written in the time of Berlin, an hour and in July two ahead of UTC.
  seen: ["2000-12-31T23:00:00.000Z", "2001-01-02T05:30:00.000Z", null, "2001-07-03T22:00:00.000Z"],
  day: ["2001-01-01", "2001-01-02", null, "2001-01-04"],
};

async function read(name: string) {
  const info = await engine.attach("t", file(name));
  const columns = info.columns.map((column) => column.name);
  const { answer } = await engine.ask({ kind: "rows", table: "t", columns, most: 10 });
  return { info, rows: (answer as ToldRows).columns };
}

test.each(["named-index.parquet", "second.parquet"])(
  "%s: nullable whole numbers, categoricals, zones, dates, decimals and the index are read as they are",
  async (name) => {
    const { info, rows } = await read(name);
    expect(Object.fromEntries(info.columns.map((c) => [c.name, c.type]))).toEqual({
      ...types,
      price: "float",
      key: "string",
    });
    expect(rows).toEqual({ ...cells, price: ["1.1", "2.2", null, "4.4"], key: ["a", "b", "c", "d"] });
  },
);

test("unnamed-index.parquet: an index without a name that filtering left behind is read, too", async () => {
  const { info, rows } = await read("unnamed-index.parquet");
  expect(info.rows).toBe(2);
  expect(rows.id).toEqual([null, "1"]);
});

test.each(["index.csv", "excel.csv", "packed.csv.gz"])(
  "%s: types are found again; an empty text and a missing one are the same in CSV",
  async (name) => {
    const { info, rows } = await read(name);
    expect(Object.fromEntries(info.columns.map((c) => [c.name, c.type]))).toMatchObject(types);
    expect(rows).toMatchObject({ ...cells, name: ["Ada", null, null, "o'Fallon"] });
  },
);

test("quotes.csv: quotes, commas and line ends within a text, under an index without a name", async () => {
  const { rows } = await read("quotes.csv");
  expect(rows).toMatchObject({ text: ['say "x"', "two\nlines", "comma, here"], value: ["1", "2", "3"] });
});

test("the columns of such files are what aggregates and repeats take them for", async () => {
  await engine.attach("p", file("named-index.parquet"));
  const [answer] = await engine.aggregate([
    {
      table: "p",
      by: [{ kind: "listed", column: "carrier", values: ["AA"] }],
      values: {
        rows: { fn: "count" },
        late: { fn: "count", where: { kind: "equals", column: "late", value: 1 } },
      },
    },
  ]);
  expect(answer?.groups.count).toBe(3);
  const { answer: repeats } = await engine.ask({
    kind: "repeats",
    table: "p",
    columns: ["carrier"],
    label: "late",
  });
  expect(repeats).toEqual({ kind: "repeats", rows: 3, distinct: 2, repeated: 2, conflicting: 0, flips: 0 });
});
