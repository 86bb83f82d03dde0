import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { DuckDbEngine } from "../../engine/duckdb/duckdb-engine.ts";
import { writeParquet } from "../../engine/duckdb/fixtures/write-parquet.ts";
import type { Aggregate, Groups } from "../../query/aggregate.ts";
import { confusionAggregate, readTable } from "./confusion-table.ts";
import { answerInMemory, named } from "./fixtures/measuring.ts";
import { rowsOf, type Table } from "./fixtures/table.ts";
import { agrees, asParams, asTable, isMultiple, readVectors, type Vector } from "./fixtures/vector.ts";
import type { Metric, MetricColumns, MetricInput, MetricResult } from "./metric.ts";
import { readParams } from "./params.ts";

const vectors = readVectors(new URL("./fixtures/vectors.json", import.meta.url));

/** Cases that are refused in words, by the parameter or the shape of label that is not built. */
const notYet: Readonly<Record<string, string>> = {
  "cls-accuracy-multilabel-subset": "several labels a row",
  "cls-f1-multilabel": "several labels a row",
  "cls-hamming-multilabel": "several labels a row",
  "cls-jaccard-None": "several labels a row",
  "cls-jaccard-macro": "several labels a row",
  "cls-jaccard-samples": "several labels a row",
  "cls-prf-multilabel-empty-macro-zd0": "several labels a row",
  "cls-prf-multilabel-empty-macro-zd1": "several labels a row",
  "cls-prf-multilabel-empty-zd1": "several labels a row",
  "cls-rocauc-ovo-weighted": "ROC AUC of several classes at once (multi_class)",
  "reg-mse-multioutput": "several outputs a row",
  "reg-r2-varweighted": "several outputs a row",
  "reg-r2-constant-notfinite": "an infinite r2 (force_finite: false): it is undefined with a reason",
};

type Answer = (aggregate: Aggregate, table: Table) => Promise<Groups>;

async function measure(
  name: string,
  columns: MetricColumns,
  given: Readonly<Record<string, unknown>>,
  answer: (aggregate: Aggregate) => Promise<Groups>,
): Promise<{ readonly metric: Metric; readonly result: MetricResult }> {
  const metric = named(name);
  const read = readParams(metric, given);
  if (read.kind === "wrong") throw new Error(read.because);
  const input: MetricInput = { columns, params: read.params, resolution: { kind: "exact" } };
  expect(metric.unmet(input)).toBeNull();
  return { metric, result: metric.finish(input, await answer(metric.aggregate(input, []))) };
}

function numberOf(result: MetricResult): number | readonly number[] {
  if (result.kind === "classes") {
    return result.classes.map((one) => (one.result.kind === "value" ? one.result.value : Number.NaN));
  }
  if (result.kind === "undefined") throw new Error(`undefined: ${result.because}`);
  expect(Object.values(result.facts).every(Number.isFinite)).toBe(true);
  return result.value;
}

/** What this project says to a case, in the shape of what is expected of it. */
async function say(vector: Vector, answerFrom: Answer): Promise<unknown> {
  const { table, columns } = vector.metric === "cohen_kappa_ci" ? ratings(vector) : asTable(vector);
  const answer = (aggregate: Aggregate): Promise<Groups> => answerFrom(aggregate, table);
  const params = asParams(vector);
  switch (vector.metric) {
    case "confusion_binary": {
      const { result } = await measure("jaccard", columns, {}, answer);
      if (result.kind !== "value") throw new Error("no value");
      const { tn, fp, fn, tp } = result.facts;
      return { tn, fp, fn, tp };
    }
    case "confusion_matrix": {
      const found = readTable(await answer(confusionAggregate(columns, "classes", [])), "classes", [
        "0",
        "1",
        "2",
      ]);
      if (found.kind === "undefined") throw new Error(found.because);
      const n = found.classes.length;
      return found.classes.map((_, i) => Array.from(found.cells.slice(i * n, (i + 1) * n)));
    }
    case "class_likelihood_ratios":
      return {
        lr_plus: numberOf((await measure("positive_likelihood_ratio", columns, {}, answer)).result),
        lr_minus: numberOf((await measure("negative_likelihood_ratio", columns, {}, answer)).result),
      };
    case "cohen_kappa_ci": {
      const { metric, result } = await measure("cohen_kappa", columns, {}, answer);
      if (result.kind !== "value") throw new Error("no value");
      const [ci_low, ci_high] = metric.interval(result.facts, 0.95) ?? [Number.NaN, Number.NaN];
      return { kappa: result.value, se: result.facts.standard_error, ci_low, ci_high };
    }
    case "roc_auc_ci_delong": {
      const { result } = await measure("roc_auc", columns, {}, answer);
      if (result.kind !== "value") throw new Error("no value");
      const variance = result.facts.variance ?? Number.NaN;
      return { auc: result.value, variance, se: Math.sqrt(variance) };
    }
    case "roc_auc_ci_logit": {
      const { metric, result } = await measure("roc_auc", columns, {}, answer);
      return result.kind === "value" ? metric.interval(result.facts, 0.95) : null;
    }
    default:
      return numberOf((await measure(vector.metric, columns, params, answer)).result);
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
  const fits =
    typeof got === "number" && typeof expected === "number" && agrees(got, expected, vector.tolerance);
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

/** The same question to a real engine, which reads the rows from a file. */
async function answerInDuckDb(aggregate: Aggregate, table: Table): Promise<Groups> {
  const name = `rows${++files}`;
  const path = join(folder, `${name}.parquet`);
  await writeParquet(path, rowsOf(table));
  await duckdb.attach(name, path);
  const [answer] = await duckdb.aggregate([{ ...aggregate, table: name }]);
  if (answer === undefined) throw new Error("no answer");
  return answer.groups;
}

describe("numbers that others printed come out of rows, cells and finish", () => {
  for (const vector of vectors.filter(({ id }) => notYet[id] === undefined)) {
    test(`${vector.id}: ${vector.source}`, async () => {
      const got = await say(vector, answerInMemory);
      expect(differs(got, vector.expected, vector)).toBeNull();
      const fromEngine = await say(vector, answerInDuckDb);
      expect(differs(fromEngine, vector.expected, vector)).toBeNull();
      expect(differs(fromEngine, got, { ...vector, tolerance: 1e-12 })).toBeNull();
    });
  }
});

describe("what is not built is refused, never answered with another number", () => {
  for (const vector of vectors.filter(({ id }) => notYet[id] !== undefined)) {
    test(`${vector.id}: ${notYet[vector.id]}`, () => {
      const names = vector.metric === "precision_recall_f1" ? ["precision", "recall", "f1"] : [vector.metric];
      for (const name of names) {
        const read = readParams(named(name), asParams(vector));
        if (Object.keys(vector.params).length > 0) expect(read.kind).toBe("wrong");
        else expect(isMultiple(vector)).toBe(true);
      }
    });
  }

  test("the list names only cases that exist", () => {
    const ids = new Set(vectors.map(({ id }) => id));
    expect(Object.keys(notYet).filter((id) => !ids.has(id))).toEqual([]);
  });
});
