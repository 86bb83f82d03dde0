import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { scratchEngine } from "../engine/duckdb/fixtures/scratch-engine.ts";
import { MemoryEngine } from "../engine/memory/memory-engine.ts";
import type { MemoryTable } from "../engine/memory/memory-table.ts";
import type { InputSpec, InputType } from "../spec/contract-section.ts";
import type { PreprocessingStep } from "../spec/operation.ts";
import { type Cell, compileProgram } from "../transform/compile-program.ts";
import { outputNames } from "../transform/program.ts";
import { fit } from "./fit.ts";
import type { FittedOperation } from "./fitted.ts";
import { programsOf } from "./programs.ts";

interface Fixture {
  readonly n: readonly number[];
  readonly t: readonly string[];
  readonly withGaps: readonly (number | null)[];
  readonly standardize: { readonly mean: number; readonly scale: number; readonly out: readonly number[] };
  readonly min_max: readonly number[];
  readonly one_hot: {
    readonly categories: readonly string[];
    readonly out: readonly (readonly number[])[];
    readonly unseen: readonly number[];
  };
  readonly one_hot_max: { readonly categories: readonly string[] };
  readonly ordinal: { readonly out: readonly number[] };
  readonly bucketize: Readonly<
    Record<string, { readonly edges: readonly number[]; readonly out: readonly number[] }>
  >;
  readonly impute: Readonly<Record<"mean" | "median" | "most_frequent", readonly number[]>>;
  readonly log1p: { readonly in: readonly number[]; readonly out: readonly number[] };
  readonly hash: readonly number[];
  readonly parts: readonly (Readonly<Record<string, number>> & { readonly at: string })[];
}

// Made by scikit-learn 1.9.1 and numpy 2.4.6 (see its field `source`).
const theirs: Fixture = JSON.parse(
  readFileSync(new URL("./fixtures/scikit-learn.json", import.meta.url), "utf8"),
);
const { engine: duckdb, attachRows } = await scratchEngine(1);

interface Made {
  readonly operations: readonly FittedOperation[];
  readonly columns: readonly string[];
  readonly cells: readonly (readonly Cell[])[];
  readonly of: (cell: Cell) => Cell;
}

/** One column fitted and prepared by DuckDB; fitted again in memory, which has to give the same. */
async function made(
  type: InputType,
  values: readonly (string | number | Date | null)[],
  ...preprocessing: readonly PreprocessingStep[]
): Promise<Made> {
  const stored = { string: "string", float: "float", integer: "integer", datetime: "datetime" } as const;
  const columns = [{ name: "c", type: stored[type as keyof typeof stored] }];
  const table: MemoryTable = { columns, rows: values.map((c) => ({ c })) };
  await attachRows("t", table);
  const inputs: InputSpec[] = [{ name: "c", type, required: false, preprocessing }];
  const fitted = await fit(duckdb, "t", inputs);
  const inMemory = await fit(MemoryEngine.of({ t: table }), "t", inputs);
  expect(inMemory.features).toEqual(fitted.features);
  const programs = programsOf(fitted);
  await duckdb.project("p", "t", { programs, kept: [] });
  const names = programs.flatMap(outputNames);
  const cells = names.map((): Cell[] => []);
  for await (const batch of duckdb.scan("p", names, 1000))
    for (const [c, name] of names.entries()) cells[c]?.push(...(batch.columns[name] ?? []));
  const [program] = programs;
  if (program === undefined) throw new Error("no program");
  return {
    operations: fitted.features[0]?.operations ?? [],
    columns: names,
    cells,
    of: compileProgram(program),
  };
}

function expectClose(got: readonly Cell[] | undefined, want: readonly number[], digits = 1e-13): void {
  expect(got?.length).toBe(want.length);
  got?.forEach((cell, i) => {
    expect(Math.abs(Number(cell) - (want[i] ?? Number.NaN))).toBeLessThanOrEqual(
      digits * Math.max(1, Math.abs(Number(cell))),
    );
  });
}

describe("the operations give what scikit-learn gives", () => {
  test("standardize is StandardScaler, with the deviation of the population", async () => {
    const { operations, cells } = await made("float", theirs.n, "standardize");
    const [operation] = operations;
    if (operation?.op !== "standardize") throw new Error("not fitted");
    expectClose(
      [operation.mean, operation.standard_deviation],
      [theirs.standardize.mean, theirs.standardize.scale],
    );
    expectClose(cells[0], theirs.standardize.out);
  });

  test("min_max is MinMaxScaler, and its ends are exactly 0 and 1", async () => {
    const { cells } = await made("float", theirs.n, "min_max");
    expectClose(cells[0], theirs.min_max);
    expect([Math.min(...(cells[0] ?? []).map(Number)), Math.max(...(cells[0] ?? []).map(Number))]).toEqual([
      0, 1,
    ]);
  });

  test("a column of one value is 0 after standardize and min_max, as theirs", async () => {
    expect((await made("float", [4, 4, null, 4], "standardize")).cells[0]).toEqual([0, 0, null, 0]);
    expect((await made("float", [4, 4, 4], "min_max")).cells[0]).toEqual([0, 0, 0]);
  });

  test("one_hot is OneHotEncoder with handle_unknown=ignore, in its order of categories", async () => {
    const { columns, cells, of } = await made("string", theirs.t, "one_hot");
    expect(columns).toEqual(theirs.one_hot.categories.map((value) => `c=${value}`));
    expect(theirs.t.map((_, row) => cells.map((column) => column[row]))).toEqual(theirs.one_hot.out);
    expect(of("XXX")).toBe(-1);
    expect(of(null)).toBe(-1);
    expect(new Set(theirs.one_hot.unseen)).toEqual(new Set([0]));
  });

  test("one_hot of a few keeps the most frequent, as max_categories does beside its infrequent column", async () => {
    const { columns } = await made("string", theirs.t, { one_hot: { max_values: 3 } });
    expect(columns).toEqual(theirs.one_hot_max.categories.map((value) => `c=${value}`));
  });

  test("ordinal is OrdinalEncoder with unknown_value=-1; what is missing stays missing", async () => {
    const { cells, of } = await made("string", [...theirs.t, null], "ordinal");
    expect(cells[0]).toEqual([...theirs.ordinal.out, null]);
    expect(of("XXX")).toBe(-1);
  });

  test.each([4, 10])(
    "bucketize into %i is KBinsDiscretizer by quantiles, encoded as ordinal",
    async (bins) => {
      const want = theirs.bucketize[bins];
      const { operations, cells, of } = await made("float", theirs.n, { bucketize: { bins } });
      const [operation] = operations;
      if (operation?.op !== "bucketize" || want === undefined) throw new Error("not fitted");
      expectClose(operation.edges, want.edges.slice(1, -1));
      expectClose(cells[0], want.out, 0);
      expect([of(-1e9), of(1e9), of(null)]).toEqual([0, operation.edges.length, Number.NaN]);
    },
  );

  test.each(["mean", "median", "most_frequent"] as const)("impute by %s is SimpleImputer", async (by) => {
    expectClose((await made("float", theirs.withGaps, { impute: by })).cells[0], theirs.impute[by]);
  });

  test("log1p is numpy's to a few last places, near 0 and far from it; at -1 and below there is none", async () => {
    const { cells, of } = await made("float", theirs.log1p.in, "log1p");
    theirs.log1p.out.forEach((want, i) => {
      expect(Math.abs(Number(cells[0]?.[i]) - want)).toBeLessThanOrEqual(4 * Number.EPSILON * Math.abs(want));
    });
    expect([of(-1), of(-2), of(Number.NaN), of(Number.POSITIVE_INFINITY)]).toEqual(Array(4).fill(Number.NaN));
  });

  test("hash is the first eight hex digits of hashlib's md5, modulo the buckets", async () => {
    expectClose((await made("string", theirs.t, { hash: { buckets: 1024 } })).cells[0], theirs.hash, 0);
  });

  test("parts of datetimes are those of Python's datetime, before 1970 too", async () => {
    const parts = ["year", "quarter", "month", "day", "day_of_year", "weekday", "hour", "minute", "second"];
    const { columns, cells } = await made(
      "datetime",
      theirs.parts.map(({ at }) => new Date(`${at}Z`)),
      ...parts,
    );
    expect(columns).toEqual(parts.map((part) => `c.${part}`));
    parts.forEach((part, c) => {
      expectClose(
        cells[c],
        theirs.parts.map((each) => each[part] ?? Number.NaN),
        0,
      );
    });
  });
});

describe("what is fitted", () => {
  test("does not depend on the order of the rows, to the last bit", async () => {
    const n = Array.from({ length: 500 }, (_, i) => Math.sin(i) * 10 ** (i % 9));
    const one = await made("float", n, { impute: "mean" }, "min_max", "standardize", "bucketize");
    const other = await made(
      "float",
      [...n].reverse(),
      { impute: "mean" },
      "min_max",
      "standardize",
      "bucketize",
    );
    expect(other.operations).toEqual(one.operations);
  });

  test("of a column with many values has the quantiles that sorting gives", async () => {
    const n = Array.from({ length: 150_000 }, (_, i) => ((i * 7919) % 150_000) ** 3 / 7 - 1e9);
    const table: MemoryTable = { columns: [{ name: "c", type: "float" }], rows: n.map((c) => ({ c })) };
    const inputs: InputSpec[] = [
      { name: "c", type: "float", required: true, preprocessing: [{ bucketize: { bins: 4 } }] },
    ];
    const { features } = await fit(MemoryEngine.of({ t: table }), "t", inputs);
    const sorted = [...n].sort((a, b) => a - b);
    const quantile = (q: number): number => {
      const place = q * (sorted.length - 1);
      const low = sorted[Math.floor(place)] ?? 0;
      return low + ((sorted[Math.floor(place) + 1] ?? 0) - low) * (place % 1);
    };
    const [operation] = features[0]?.operations ?? [];
    if (operation?.op !== "bucketize") throw new Error("not fitted");
    expectClose(operation.edges, [0.25, 0.5, 0.75].map(quantile), 1e-12);
  }, 60_000);

  test("a column without a value, and one with too many to encode, are refused by the input's name", async () => {
    await expect(made("float", [null, Number.NaN], "standardize")).rejects.toThrow(
      /c: standardize cannot be fitted/,
    );
    const many = Array.from({ length: 1_200 }, (_, i) => `v${i}`);
    await expect(made("string", many, "one_hot")).rejects.toThrow(/1200 distinct values, more than 1000/);
    expect((await made("string", many, { one_hot: { max_values: 2 } })).columns).toEqual(["c=v0", "c=v1"]);
  });
});
