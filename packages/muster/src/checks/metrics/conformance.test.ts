import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { DuckDbEngine } from "../../engine/duckdb/duckdb-engine.ts";
import { writeParquet } from "../../engine/duckdb/fixtures/write-parquet.ts";
import { type Engine, MemoryEngine, measure, naiveScale, readParams } from "../../index.ts";
import { confusionAggregate, readTable } from "./confusion-table.ts";
import { named } from "./fixtures/measuring.ts";
import { rowsOf, type Table } from "./fixtures/table.ts";
import { agrees, asParams, asTable, readVectors, type Vector } from "./fixtures/vector.ts";
import type { Metric, MetricColumns, MetricInput, MetricResult } from "./metric.ts";

const vectors = readVectors(new URL("./fixtures/vectors.json", import.meta.url));

/** Makes the table readable by an engine, under the name that it gives back. */
type Load = (table: Table) => Promise<{ readonly engine: Engine; readonly name: string }>;

type Ask = (
  name: string,
  columns: MetricColumns,
  given: Readonly<Record<string, unknown>>,
) => Promise<{ readonly metric: Metric; readonly result: MetricResult }>;

/** One metric by the one public path. */
function asker(load: Load, table: Table): Ask {
  return async (name, columns, given) => {
    const metric = named(name);
    const read = readParams(metric, given);
    if (read.kind === "wrong") throw new Error(`${read.because}. ${read.hint}`);
    const { engine, name: own } = await load(table);
    const input: MetricInput = {
      columns: { ...columns, table: own },
      params: read.params,
      resolution: { kind: "exact" },
    };
    expect(metric.unmet(input)).toBeNull();
    return { metric, result: (await measure(engine, { metric, input, by: [] })).all };
  };
}

function numberOf(result: MetricResult): number | readonly number[] {
  if (result.kind === "classes") {
    return result.classes.map((one) => (one.result.kind === "value" ? one.result.value : Number.NaN));
  }
  if (result.kind === "undefined") {
    if (result.as === undefined) throw new Error(`undefined: ${result.because}`);
    return Number(result.as);
  }
  expect(Object.values(result.facts).every(Number.isFinite)).toBe(true);
  return result.value;
}

/** What this project says to a case, in the shape of what is expected of it. */
async function say(vector: Vector, load: Load): Promise<unknown> {
  const { table, columns } = vector.metric === "cohen_kappa_ci" ? ratings(vector) : asTable(vector);
  const ask = asker(load, table);
  const params = asParams(vector);
  switch (vector.metric) {
    case "confusion_binary": {
      const { result } = await ask("jaccard", columns, {});
      if (result.kind !== "value") throw new Error("no value");
      const { tn, fp, fn, tp } = result.facts;
      return { tn, fp, fn, tp };
    }
    case "confusion_matrix": {
      const { engine, name } = await load(table);
      const [answer] = await engine.aggregate([
        { ...confusionAggregate(columns, "classes", []), table: name },
      ]);
      if (answer === undefined) throw new Error("no answer");
      const found = readTable(answer.groups, "classes", ["0", "1", "2"]);
      if (found.kind === "undefined") throw new Error(found.because);
      const n = found.classes.length;
      return found.classes.map((_, i) => Array.from(found.cells.slice(i * n, (i + 1) * n)));
    }
    case "precision_recall_f1":
      return Object.fromEntries(
        await Promise.all(
          ["precision", "recall", "f1"].map(
            async (name) => [name, numberOf((await ask(name, columns, params)).result)] as const,
          ),
        ),
      );
    case "mase": {
      const scale = naiveScale(vector.input.training as number[], Number(vector.params.periodicity));
      if (scale.kind === "undefined") throw new Error(scale.because);
      return numberOf((await ask("mase", columns, { scale: scale.value })).result);
    }
    case "class_likelihood_ratios":
      return {
        lr_plus: numberOf((await ask("positive_likelihood_ratio", columns, {})).result),
        lr_minus: numberOf((await ask("negative_likelihood_ratio", columns, {})).result),
      };
    case "cohen_kappa_ci": {
      const { metric, result } = await ask("cohen_kappa", columns, {});
      if (result.kind !== "value") throw new Error("no value");
      const [ci_low, ci_high] = metric.interval(result.facts, 0.95) ?? [Number.NaN, Number.NaN];
      return { kappa: result.value, se: result.facts.standard_error, ci_low, ci_high };
    }
    case "roc_auc_ci_delong": {
      const { result } = await ask("roc_auc", columns, {});
      if (result.kind !== "value") throw new Error("no value");
      const variance = result.facts.variance ?? Number.NaN;
      return { auc: result.value, variance, se: Math.sqrt(variance) };
    }
    case "roc_auc_ci_logit": {
      const { metric, result } = await ask("roc_auc", columns, {});
      return result.kind === "value" ? metric.interval(result.facts, 0.95) : null;
    }
    default:
      return numberOf((await ask(vector.metric, columns, params)).result);
  }
}

function ratings(vector: Vector): { readonly table: Table; readonly columns: MetricColumns } {
  const label: number[] = [];
  const prediction: number[] = [];
  (vector.input.table as number[][]).forEach((row, i) => {
    row.forEach((count, j) => {
      for (let c = 0; c < count; c++) {
        label.push(i);
        prediction.push(j);
      }
    });
  });
  const table = new Map([
    ["label", label],
    ["prediction", prediction],
  ]);
  return { table, columns: { table: "rows", label: "label", prediction: "prediction" } };
}

/** What a case prints besides and this project does not offer, with the reason. */
const notOffered: Readonly<Record<string, readonly string[]>> = {
  // The normal interval of an AUC passes two to five times as often as it says.
  roc_auc_ci_delong: ["ci_low", "ci_high"],
  // A test of no agreement at all; claims ask for a bound.
  cohen_kappa_ci: ["se0", "z", "p_two_sided"],
};

/** The difference in words, or null. */
function differs(got: unknown, expected: unknown, vector: Vector): string | null {
  if (Array.isArray(expected)) {
    if (!Array.isArray(got) || got.length !== expected.length) return `${String(got)} has another length`;
    return first(expected.map((one, i) => differs(got[i], one, vector)));
  }
  if (typeof expected === "object" && expected !== null) {
    const own = got as Readonly<Record<string, unknown>>;
    const left = Object.entries(expected).filter(([key]) => !notOffered[vector.metric]?.includes(key));
    return first(left.map(([key, one]) => differs(own[key], one, vector)));
  }
  const wanted = Number(expected);
  const fits = typeof got === "number" && (got === wanted || agrees(got, wanted, vector.tolerance));
  return fits ? null : `got ${String(got)}, expected ${String(expected)}`;
}

function first(differences: readonly (string | null)[]): string | null {
  return differences.find((one) => one !== null) ?? null;
}

const folder = await mkdtemp(join(tmpdir(), "muster-metrics-"));
const duckdb = await DuckDbEngine.open({ threads: 2 });
afterAll(async () => {
  await duckdb.close();
  await rm(folder, { recursive: true, force: true });
});

let files = 0;

const inMemory: Load = async (table) => ({ engine: MemoryEngine.of({ rows: rowsOf(table) }), name: "rows" });

/** A real engine, which reads the rows from a file. */
const inDuckDb: Load = async (table) => {
  const name = `rows${++files}`;
  const path = join(folder, `${name}.parquet`);
  await writeParquet(path, rowsOf(table));
  await duckdb.attach(name, path);
  return { engine: duckdb, name };
};

describe("numbers that others printed come out of rows, cells and finish", () => {
  for (const vector of vectors) {
    test(`${vector.id}: ${vector.source}`, async () => {
      const got = await say(vector, inMemory);
      expect(differs(got, vector.expected, vector)).toBeNull();
      const fromEngine = await say(vector, inDuckDb);
      expect(differs(fromEngine, vector.expected, vector)).toBeNull();
      expect(differs(fromEngine, got, { ...vector, tolerance: 1e-12 })).toBeNull();
    });
  }
});
