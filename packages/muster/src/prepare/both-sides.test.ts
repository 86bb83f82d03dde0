import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { DuckDbEngine } from "../engine/duckdb/duckdb-engine.ts";
import { runDuckDb, writeParquet } from "../engine/duckdb/fixtures/write-parquet.ts";
import type { Engine } from "../engine/engine.ts";
import { MemoryEngine } from "../engine/memory/memory-engine.ts";
import type { MemoryTable } from "../engine/memory/memory-table.ts";
import type { InputSpec } from "../spec/contract-section.ts";
import type { PreprocessingStep } from "../spec/operation.ts";
import { type Cell, compileProgram } from "../transform/compile-program.ts";
import { outputNames, type Program } from "../transform/program.ts";
import { lowercase, trimmed } from "../transform/text.ts";
import { fit } from "./fit.ts";
import { programsOf } from "./programs.ts";
import { exactInBothEngines, toleranceOf } from "./tolerance.ts";

const folder = await mkdtemp(join(tmpdir(), "muster-prepare-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
let files = 0;

const columns = [
  { name: "n", type: "float" },
  { name: "i", type: "integer" },
  { name: "b", type: "boolean" },
  { name: "t", type: "string" },
  { name: "d", type: "datetime" },
] as const;

const awkward = [
  0,
  -0,
  1,
  -1,
  -0.5,
  1e-17,
  1e-300,
  5e-324,
  1e308,
  -1e308,
  1.7976931348623157e308,
  0.1,
  1 / 3,
];
const anyNumber = fc.oneof(
  { arbitrary: fc.double({ noNaN: true, min: -1000, max: 1000 }), weight: 4 },
  { arbitrary: fc.constantFrom(...awkward), weight: 2 },
  { arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY), weight: 1 },
  { arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }), weight: 1 },
);
const anyText = fc.oneof(
  fc.constantFrom(
    "ORD",
    "ord",
    " ORD\t",
    "",
    "İstanbul",
    "ΣΑΣ",
    "a'b\"c",
    "\u00a0x\ufeff",
    "\u{1d49c}",
    "\uffee",
    "%_",
  ),
  fc.string({ unit: "grapheme", maxLength: 6 }).filter((text) => !text.includes("\0")),
);
const orNull = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 6 });
const anyRow = fc.record({
  n: orNull(anyNumber),
  i: orNull(fc.oneof(fc.integer({ min: -20, max: 20 }), fc.maxSafeInteger())),
  b: orNull(fc.boolean()),
  t: orNull(anyText),
  d: orNull(fc.date({ min: new Date("0101-01-01"), max: new Date("9998-12-31"), noInvalidDate: true })),
});

const numberStep = fc.oneof(
  fc.constantFrom<PreprocessingStep>("standardize", "min_max", "log1p", "impute", { impute: "mean" }),
  fc.constantFrom<PreprocessingStep>({ impute: { constant: -0.5 } }, { impute: "most_frequent" }),
  fc.tuple(fc.integer({ min: -50, max: 0 }), fc.integer({ min: 1, max: 50 })).map((clip) => ({ clip })),
);
/** Nothing that parts neighbours follows a logarithm, as the spec's own rules have it. */
const last = (steps: readonly PreprocessingStep[]): readonly PreprocessingStep[] =>
  steps.includes("log1p") ? ["standardize"] : ["bucketize"];
const numberChain = fc
  .tuple(fc.array(numberStep, { maxLength: 3 }), fc.boolean())
  .map(([steps, more]) => [...steps, ...(more || steps.length === 0 ? last(steps) : [])]);
const codes = fc.constantFrom<PreprocessingStep>("one_hot", "ordinal", { one_hot: { max_values: 3 } });
const textChain = fc
  .tuple(
    fc.subarray<PreprocessingStep>(["trim", "lowercase", "impute", { impute: { constant: "it's" } }]),
    fc.option(fc.oneof(codes, fc.constant<PreprocessingStep>({ hash: { buckets: 97 } }))),
  )
  .map(([steps, end]) => (end === null ? (steps.length === 0 ? ["trim"] : steps) : [...steps, end]));
const dayChain = fc
  .tuple(
    fc.subarray<PreprocessingStep>(
      ["year", "quarter", "month", "day", "day_of_year", "weekday", "hour", "minute", "second"],
      { minLength: 1 },
    ),
    fc.option(fc.oneof(codes, fc.constantFrom<PreprocessingStep>("standardize", "log1p", "min_max"))),
  )
  .map(([parts, end]) => (end === null ? parts : [...parts, end]));
const inputsOf = (chains: Readonly<Record<string, readonly PreprocessingStep[]>>): readonly InputSpec[] =>
  columns.map(({ name, type }) => ({ name, type, required: false, preprocessing: chains[name] ?? [] }));

async function cellsOf(engine: Engine, table: string, names: readonly string[]): Promise<readonly Cell[][]> {
  const found = names.map((): Cell[] => []);
  for await (const batch of engine.scan(table, names, 1000))
    names.forEach((name, c) => {
      for (const cell of batch.columns[name] ?? []) found[c]?.push(cell);
    });
  return found;
}

/** What the compiled programs give, column by column as the engine would. */
function compiledCells(program: Program, cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const run = compileProgram(program);
  const values = cells.map(run);
  if (program.output.kind !== "indicators") return [values];
  return program.output.names.map((_, i) => values.map((value) => (value === i ? 1 : 0)));
}

const blank = (cell: Cell | undefined): boolean =>
  cell === null || cell === undefined || (typeof cell === "number" && Number.isNaN(cell));

function expectSame(
  name: string,
  tolerance: number,
  engine: readonly Cell[],
  compiled: readonly Cell[],
): void {
  expect(engine.length).toBe(compiled.length);
  engine.forEach((left, row) => {
    const right = compiled[row] ?? null;
    if (blank(left) || blank(right)) expect([name, row, blank(left)]).toEqual([name, row, blank(right)]);
    else if (tolerance > 0 && typeof left === "number" && typeof right === "number") {
      expect(Math.abs(left - right)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(left)));
    } else expect([name, row, left === 0 ? 0 : left]).toEqual([name, row, right === 0 ? 0 : right]);
  });
}

async function compare(
  table: MemoryTable,
  inputs: readonly InputSpec[],
  engines: readonly Engine[],
): Promise<void> {
  const [engine, ...others] = engines;
  if (engine === undefined) throw new Error("no engine");
  const fitted = await fit(engine, "t", inputs);
  const programs = programsOf(fitted);
  for (const each of engines) {
    await each.project("prepared", "t", { programs, kept: [] });
    for (const [p, program] of programs.entries()) {
      const [raw = []] = await cellsOf(each, "t", [program.column]);
      expect(raw.length).toBe(table.rows.length);
      const want = compiledCells(program, raw);
      const got = await cellsOf(each, "prepared", outputNames(program));
      want.forEach((column, c) => {
        const feature = fitted.features[p];
        if (feature === undefined) throw new Error("no feature");
        expectSame(`${JSON.stringify(feature)} ${c}`, toleranceOf(feature), got[c] ?? [], column);
        expect(exactInBothEngines(feature)).toBe(toleranceOf(feature) === 0);
      });
    }
  }
  for (const other of others) {
    const again = await fit(other, "t", inputs);
    expect(again.features.map(({ operations }) => operations.length)).toEqual(
      fitted.features.map(({ operations }) => operations.length),
    );
  }
}

test("a column that the engine prepares by SQL and the compiled programs prepare row by row holds the same values", async () => {
  const engine = await DuckDbEngine.open({ threads: 1 });
  const chains = fc.record({ n: numberChain, i: numberChain, b: numberChain, t: textChain, d: dayChain });
  // Every column has a value to be fitted on, and names of categories differ by more than case.
  const sure = { n: 2.5, i: 3, b: true, t: "x", d: new Date("2001-02-03T04:05:06.789Z") };
  await fc.assert(
    fc.asyncProperty(fc.array(anyRow, { maxLength: 25 }), chains, async (rows, steps) => {
      const table: MemoryTable = { columns, rows: [...rows, sure] };
      const path = join(folder, `${++files}.parquet`);
      await writeParquet(path, table);
      await engine.attach("t", path);
      const memory = MemoryEngine.of({ t: table });
      const twins = new Set(rows.map(({ t }) => t).filter((t) => t !== null));
      const lower = new Set([...twins].map((t) => t.toLowerCase()));
      const hot = steps.t.some(
        (step) => step === "one_hot" || (typeof step === "object" && "one_hot" in step),
      );
      if (hot && lower.size !== twins.size) return;
      await compare(table, inputsOf(steps), [engine, memory]).catch((caught: unknown) => {
        // Numbers near the largest double have no finite mean: that is said, and nothing is prepared.
        if (caught instanceof Error && /cannot be fitted|too far apart/.test(caught.message)) return;
        throw caught;
      });
    }),
    { numRuns: process.env.CI === "true" ? 150 : 60 },
  );
  await engine.close();
}, 180_000);

test("every code point of Unicode is lowered and trimmed alike by the engine and by the compiled text functions", async () => {
  const path = join(folder, "points.parquet");
  await runDuckDb(
    `COPY (SELECT CAST(i AS BIGINT) AS i, chr(i::INT) AS t, chr(i::INT) || 'a' || chr(i::INT) AS ends FROM range(1, 1114112) r(i) WHERE NOT (i BETWEEN 55296 AND 57343)) TO '${path}' (FORMAT parquet)`,
  );
  const engine = await DuckDbEngine.open({ threads: 2 });
  await engine.attach("t", path);
  const program = (column: string, kind: "trimmed" | "lowercase"): Program => ({
    column,
    entry: "text",
    steps: [{ kind }],
    output: { kind: "text", name: column },
  });
  await engine.project("p", "t", {
    programs: [program("t", "lowercase"), program("ends", "trimmed")],
    kept: [],
  });
  const [raw = [], rawEnds = []] = await cellsOf(engine, "t", ["t", "ends"]);
  const [low = [], cut = []] = await cellsOf(engine, "p", ["t", "ends"]);
  const wrong = raw.flatMap((cell, at) => {
    const point = String(cell).codePointAt(0)?.toString(16);
    return lowercase(String(cell)) === low[at] && trimmed(String(rawEnds[at])) === cut[at] ? [] : [point];
  });
  expect(raw.length).toBe(1_112_063);
  expect(wrong).toEqual([]);
  await engine.close();
}, 120_000);
