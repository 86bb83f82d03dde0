import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { scratchEngine } from "../../engine/duckdb/fixtures/scratch-engine.ts";
import {
  type Engine,
  type Measured,
  MemoryEngine,
  type MetricColumns,
  type MetricResult,
  measure,
  measuring,
  metricNamed,
  metricNames,
} from "../../index.ts";
import { lawCases, type Row, row, tableOf } from "./fixtures/law-cases.ts";
import { type Cell, rowsOf, type Table } from "./fixtures/table.ts";
import { neededParams, textNames, textRow } from "./text/fixtures/law-texts.ts";

// Every metric by SQL is the metric by a direct reading of the rows, whole and by group, weighed and not.

interface Case {
  readonly title: string;
  readonly name: string;
  readonly columns: MetricColumns;
  readonly params: Readonly<Record<string, unknown>>;
}

const texts: MetricColumns = { table: "texts", label: "label", prediction: "prediction" };
const tasks: MetricColumns = { table: "tasks", label: "attempts", prediction: "passed" };
const events: MetricColumns = {
  table: "rows",
  label: "label",
  prediction: "prediction",
  positive: 1,
  event: "event",
};

const cases: readonly Case[] = [
  ...lawCases,
  ...["event_recall", "event_precision"].map((name) => ({ title: name, name, columns: events, params: {} })),
  ...textNames.map((name) => ({ title: name, name, columns: texts, params: neededParams[name] ?? {} })),
  ...["pass_at_k", "pass_hat_k"].map((name) => ({ title: name, name, columns: tasks, params: { k: 2 } })),
].flatMap((one) => {
  const metric = metricNamed(one.name);
  const weighted = { ...one.columns, weight: "weight" };
  const takes = metric?.unmet(measuring(one.name, one.columns, { params: one.params }).input) === null;
  if (!takes) throw new Error(`${one.title} cannot be measured`);
  const { input } = measuring(one.name, one.columns, { params: one.params });
  const takesWeights = metric.unmet({ ...input, columns: weighted }) === null;
  return takesWeights ? [one, { ...one, title: `${one.title} with weights`, columns: weighted }] : [one];
});

/** Scores that no power of two divides, so that sums round; and rows that nobody has labelled. */
function uneven(all: readonly Row[]): Table {
  const table = new Map(tableOf(all.map((one, i) => ({ ...one, score: ((one.score * 16 + i) % 17) / 17 }))));
  const labels = (cells: readonly Cell[]): readonly Cell[] =>
    cells.map((cell, i) => (i % 9 === 4 ? null : cell));
  for (const name of ["label", "other", "amount"]) table.set(name, labels(table.get(name) ?? []));
  return table;
}

/** The same, and what is predicted for rows without a label is no number, or no finite one. */
function wild(table: Table): Table {
  const extremes = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e308, -1e308, null];
  const labels = table.get("label") ?? [];
  const spoilt = (cells: readonly Cell[]): readonly Cell[] =>
    cells.map((cell, i) => (labels[i] === null ? (extremes[i % extremes.length] ?? null) : cell));
  const columns = ["score", "baseline", "guess"].map(
    (name) => [name, spoilt(table.get(name) ?? [])] as const,
  );
  return new Map([...table, ...columns]);
}

const drawn = <T>(arbitrary: fc.Arbitrary<T>, n: number): readonly T[] =>
  fc.sample(arbitrary, { numRuns: n, seed: 20261123 });

const rows = uneven(drawn(row, 240));
const tables: Readonly<Record<string, Table>> = {
  rows,
  wild: wild(rows),
  texts: byColumns(drawn(textRow, 120)),
  tasks: byColumns(
    drawn(
      fc.record({
        attempts: fc.integer({ min: 4, max: 9 }),
        passed: fc.integer({ min: 0, max: 4 }),
        group: fc.constantFrom("x", "y"),
        weight: fc.integer({ min: 1, max: 3 }),
      }),
      60,
    ),
  ),
};

function byColumns(all: readonly Readonly<Record<string, Cell>>[]): Table {
  const names = Object.keys(all[0] ?? {});
  return new Map(names.map((name) => [name, all.map((one) => one[name] ?? null)]));
}

const { engine: duckdb, attachRows } = await scratchEngine();

const memory = MemoryEngine.of(
  Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, rowsOf(table)])),
);

beforeAll(async () => {
  for (const [name, table] of Object.entries(tables)) await attachRows(name, rowsOf(table));
});

const near = (got: number, wanted: number): boolean =>
  Math.abs(got - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted));

function expectSame(got: MetricResult, wanted: MetricResult): void {
  if (got.kind !== "value" || wanted.kind !== "value") {
    expect(got).toEqual(wanted);
    return;
  }
  expect(got.rows).toBe(wanted.rows);
  expect(near(got.value, wanted.value), `${got.value} for ${wanted.value}`).toBe(true);
  expect(Object.keys(got.facts)).toEqual(Object.keys(wanted.facts));
  for (const [fact, value] of Object.entries(wanted.facts)) {
    const own = got.facts[fact] ?? Number.NaN;
    expect(near(own, value), `${fact}: ${own} for ${value}`).toBe(true);
  }
}

function expectAllSame(got: Measured, wanted: Measured): void {
  expectSame(got.all, wanted.all);
  expect(got.groups.map(({ keys }) => keys)).toEqual(wanted.groups.map(({ keys }) => keys));
  for (const [i, { result }] of wanted.groups.entries()) {
    const own = got.groups[i]?.result;
    if (own === undefined) throw new Error("no such group");
    expectSame(own, result);
  }
}

const own = (one: Case, engine: Engine): Promise<Measured> =>
  measure(engine, measuring(one.name, one.columns, { params: one.params, by: ["group"] }));

describe("a metric says the same by SQL and by a direct reading", () => {
  test.each(cases)("$title", async (one) => {
    const direct = await own(one, memory);
    expect(direct.groups.length).toBe(2);
    expectAllSame(await own(one, duckdb), direct);
  });

  test.each(cases.filter(({ columns }) => columns.table === "rows"))(
    "$title where there is more than finite numbers",
    async ({ name, columns, params }) => {
      const of = (engine: Engine) =>
        measure(engine, measuring(name, { ...columns, table: "wild" }, { params, by: ["group"] }));
      expectAllSame(await of(duckdb), await of(memory));
    },
  );

  test("of some rows at least, whatever the metric", async () => {
    const silent: string[] = [];
    for (const one of cases) {
      const { all } = await own(one, memory);
      if (all.kind === "undefined") silent.push(`${one.title}: ${all.because}`);
    }
    expect(silent).toEqual([]);
  });

  test("and every metric there is was asked, but for those that are SQL themselves", () => {
    const asked = new Set(cases.map(({ name }) => name));
    expect(metricNames().filter((name) => !asked.has(name))).toEqual(["custom_score", "custom_loss"]);
  });

  test.each([{}, { weight: "weight" }])("a loss written in SQL is the metric it spells, %o", async (more) => {
    const columns: MetricColumns = { table: "rows", label: "amount", prediction: "guess", ...more };
    const by = { by: ["group"] };
    const spelt = { sql: "abs(amount - guess)" };
    const wanted = await measure(memory, measuring("mean_absolute_error", columns, by));
    for (const name of ["custom_loss", "custom_score"]) {
      const found = await measure(duckdb, measuring(name, columns, { ...by, params: spelt }));
      for (const [got, one] of [
        [found.all, wanted.all],
        ...found.groups.map(({ result }, i) => [result, wanted.groups[i]?.result] as const),
      ]) {
        if (got?.kind !== "value" || one?.kind !== "value") throw new Error("no value");
        expect(near(got.value, one.value)).toBe(true);
        expect(got.rows).toBe(one.rows);
      }
    }
  });
});

test("finite scores have a cell however large they are, and all others none", async () => {
  const scores = [1e308, -1e308, 0.5, Number.NaN, Number.POSITIVE_INFINITY, null];
  const table = new Map([["score", scores]]);
  await attachRows("large", rowsOf(table));
  const by = [{ kind: "cell", of: { kind: "column", column: "score" }, per: 16_384 }] as const;
  for (const engine of [duckdb, MemoryEngine.of({ large: rowsOf(table) })]) {
    const [answer] = await engine.aggregate([{ table: "large", by, values: { n: { fn: "count" } } }]);
    const keys = answer?.groups.keys[0] ?? [];
    const found = new Map(keys.map((key, g) => [key, answer?.groups.values.n?.[g]]));
    expect(found).toEqual(
      new Map([
        [9e15, 1],
        [-9e15, 1],
        [8192, 1],
        [null, 3],
      ]),
    );
  }
});
