import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { measure } from "./fixtures/measuring.ts";
import type { Cell, Table } from "./fixtures/table.ts";
import type { ClassColumn, MetricColumns, MetricResult } from "./metric.ts";

type Kind = "binary" | "multiclass" | "multilabel" | "outputs" | "regression";
type Numbers = number | readonly number[];

interface Reference {
  readonly source: string;
  readonly tables: readonly {
    readonly kind: Kind;
    readonly rows: Readonly<Record<string, readonly Cell[]>>;
    readonly cases: readonly {
      readonly metric: string;
      readonly params: Readonly<Record<string, unknown>>;
      readonly plain: Numbers;
      readonly weighted: Numbers | null;
    }[];
  }[];
}

/** Random rows with ties, weights (some 0), a class without rows and rows without labels. */
const references = ["scikit-learn.json", "scikit-learn-1.9.json"].map(
  (file): Reference => JSON.parse(readFileSync(new URL(`./fixtures/${file}`, import.meta.url), "utf8")),
);

/** The columns `y0`, `y1`, .. as those of the classes 0, 1, .. */
function each(table: Table, letter: string): readonly ClassColumn[] {
  return [...table.keys()]
    .filter((name) => new RegExp(`^${letter}\\d$`).test(name))
    .map((column, k) => ({ class: k, column }));
}

function columnsOf(kind: Kind, metric: string, table: Table): MetricColumns {
  const common = { table: "rows", label: "label", prediction: "prediction" };
  if (kind === "binary") return { ...common, score: "score", positive: 1 };
  if (kind === "regression") return { ...common, lower: "lower", upper: "upper" };
  if (kind === "outputs") return { ...common, labels: each(table, "y"), predictions: each(table, "f") };
  if (kind === "multilabel") {
    const ranks = metric === "coverage_error" || metric.startsWith("label_ranking");
    const answers = ranks ? { scores: each(table, "s") } : { predictions: each(table, "f") };
    return { table: "rows", label: "y0", labels: each(table, "y"), ...answers };
  }
  const scores = each(table, table.has("s0") ? "s" : "p");
  const byScore = table.has("s0") || metric === "log_loss" || metric === "brier_score";
  return byScore ? { ...common, scores } : common;
}

function numbersOf(result: MetricResult): readonly number[] {
  if (result.kind === "undefined") throw new Error(result.because);
  if (result.kind === "value") return [result.value];
  return result.classes.map(({ result: own }) => (own.kind === "value" ? own.value : Number.NaN));
}

function expectNear(got: readonly number[], wanted: Numbers): void {
  const list = typeof wanted === "number" ? [wanted] : wanted;
  expect(got).toHaveLength(list.length);
  for (const [i, number] of list.entries()) {
    expect(Math.abs((got[i] ?? Number.NaN) - number)).toBeLessThan(5e-11 * Math.max(1, Math.abs(number)));
  }
}

for (const { source, tables } of references) {
  for (const { kind, rows, cases } of tables) {
    describe(`${kind}: ${source}`, () => {
      const table = new Map(Object.entries(rows));
      for (const { metric, params, plain, weighted } of cases) {
        const columns = columnsOf(kind, metric, table);

        test(`${metric} with ${JSON.stringify(params)}`, async () => {
          expectNear(numbersOf(await measure(metric, columns, table, params)), plain);
          if (weighted === null) return;
          const withWeights = { ...columns, weight: "weight" };
          expectNear(numbersOf(await measure(metric, withWeights, table, params)), weighted);
        });
      }
    });
  }
}
