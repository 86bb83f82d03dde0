import { describe, expect, test } from "vitest";
import type { Deriver } from "../checks/metrics/deriver.ts";
import type { Metric, MetricInput } from "../checks/metrics/metric.ts";
import { metricNamed } from "../checks/metrics/registry.ts";
import { scratchEngine } from "../engine/duckdb/fixtures/scratch-engine.ts";
import type { Engine } from "../engine/engine.ts";
import { MemoryEngine } from "../engine/memory/memory-engine.ts";
import { type Derivation, derivedColumn } from "../query/derivation.ts";
import { column } from "../query/expression.ts";
import { measure } from "./measure.ts";

const rows = [
  { topic: "a", label: "one two three", prediction: "one two" },
  { topic: "a", label: "four", prediction: "four" },
  { topic: "b", label: "five six", prediction: null },
  { topic: null, label: "sieben ächt", prediction: "acht" },
];

/** Words of the prediction that the label has, too, and its words. */
const shared: Deriver = {
  name: "shared_words",
  names: () => ["shared", "words"],
  derive(batch, { columns, params }) {
    const labels = batch.columns[columns.label ?? ""] ?? [];
    const predictions = batch.columns[columns.prediction ?? ""] ?? [];
    const split = (text: unknown) => (text === null ? [] : String(text).split(String(params.separator)));
    const words = predictions.map((text) => split(text).length);
    const both = predictions.map((text, i) => split(text).filter((w) => split(labels[i]).includes(w)).length);
    return { shared: Float64Array.from(both), words: Float64Array.from(words) };
  },
};

const derivation = (separator: string): Derivation => ({
  by: "shared_words",
  revision: 1,
  columns: { label: "label", prediction: "prediction" },
  params: { separator },
});

const sharedWords: Metric = {
  ...(metricNamed("accuracy") as Metric),
  name: "shared_words",
  derive: () => [derivation(" ")],
  aggregate: ({ columns }, by) => ({
    table: columns.table,
    by,
    values: {
      shared: { fn: "sum", of: column(derivedColumn(derivation(" "), "shared")) },
      words: { fn: "sum", of: column(derivedColumn(derivation(" "), "words")) },
      rows: { fn: "count" },
    },
  }),
  finish: (_, cells) => ({
    kind: "value",
    value: Number(cells.values.shared?.[0]) / Number(cells.values.words?.[0]),
    rows: Number(cells.values.rows?.[0]),
    facts: {},
  }),
};

const input: MetricInput = {
  columns: { table: "answers", label: "label", prediction: "prediction" },
  params: new Map(),
  resolution: { kind: "exact" },
};
const derivers = new Map([[shared.name, shared]]);

const { engine: duckdb, attachLines } = await scratchEngine();
await attachLines("answers", rows);

const engines: readonly (readonly [string, Engine])[] = [
  ["memory", MemoryEngine.of({ answers: rows })],
  ["DuckDB", duckdb],
];

describe.each(engines)("columns that are derived from rows, in %s", (_, engine) => {
  test("are added up for all rows and for each group, missing ones too", async () => {
    const by = [{ kind: "values", column: "topic" }] as const;
    const { all, groups } = await measure(engine, { metric: sharedWords, input, by, derivers });
    expect(all).toMatchObject({ kind: "value", value: 3 / 4, rows: 4 });
    expect(groups.map(({ keys }) => keys)).toEqual([["a"], ["b"], [null]]);
    expect(groups.map(({ result }) => (result.kind === "value" ? result.value : null))).toEqual([
      1,
      Number.NaN,
      0,
    ]);
  });

  test("need a deriver that is known", async () => {
    const unknown = measure(engine, { metric: sharedWords, input, by: [] });
    await expect(unknown).rejects.toThrow('Nothing here can derive columns by "shared_words".');
  });

  test("need the columns that they are taken from", async () => {
    const metric = {
      ...sharedWords,
      derive: () => [{ ...derivation(" "), columns: { prediction: "predicton" } }],
    };
    const unknown = measure(engine, { metric, input, by: [], derivers });
    await expect(unknown).rejects.toMatchObject({
      code: "engine/unknown-column",
      hint: "Did you mean prediction?",
    });
  });
});

test("equal derivations have one name, others another", () => {
  expect(derivedColumn(derivation(" "), "words")).toBe(derivedColumn({ ...derivation(" ") }, "words"));
  expect(derivedColumn(derivation(","), "words")).not.toBe(derivedColumn(derivation(" "), "words"));
});
