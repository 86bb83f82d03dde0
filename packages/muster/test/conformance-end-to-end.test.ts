import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { scratchEngine } from "../src/engine/duckdb/fixtures/scratch-engine.ts";
import { runDuckDb } from "../src/engine/duckdb/fixtures/write-parquet.ts";
import {
  drift,
  ks2samp,
  MemoryEngine,
  type MemoryRow,
  measureAll,
  measuring,
  profileColumns,
  wassersteinDistance,
  weightedValues,
} from "../src/index.ts";

// A model in production: drift of its inputs, and its performance once the labels are there.

interface Vector {
  readonly id: string;
  readonly params: Readonly<Record<string, string>> & { readonly features: readonly string[] };
  readonly expected: Readonly<Record<string, number>>;
  readonly tolerance: number;
}

const home = new URL("./fixtures/california-housing/", import.meta.url);
const file = (name: string): string => fileURLToPath(new URL(`${name}.parquet`, home));
const vectors: readonly Vector[] = JSON.parse(readFileSync(new URL("vectors.json", home), "utf8"));

function vector(id: string): Vector {
  const found = vectors.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no vector ${id}`);
  return found;
}

const { engine, at } = await scratchEngine();

beforeAll(async () => {
  const joined = at("production.parquet");
  await runDuckDb(
    `COPY (SELECT * FROM '${file("california-analysis")}' JOIN '${file("california-analysis-labels")}' USING (id))
     TO '${joined}' (FORMAT parquet)`,
  );
  await engine.attach("reference", file("california-reference"));
  await engine.attach("production", joined);
});

function expectAll(
  got: Readonly<Record<string, number | null | undefined>>,
  { expected, tolerance }: Vector,
): void {
  expect(Object.keys(expected).length).toBeGreaterThan(0);
  for (const [name, wanted] of Object.entries(expected)) {
    const difference = Math.abs(Number(got[name] ?? Number.NaN) - wanted);
    expect(difference, `${name}: ${got[name]} for ${wanted}`).toBeLessThanOrEqual(
      tolerance * Math.max(1, Math.abs(wanted)),
    );
  }
}

/** The numbers of one column, as a user would hold them. */
async function valuesOf(table: string, column: string): Promise<readonly number[]> {
  const values: number[] = [];
  for await (const batch of engine.scan(table, [column], 2048)) {
    for (const value of batch.columns[column] ?? []) values.push(Number(value));
  }
  return values;
}

test("e2e-california-performance: AUC, accuracy and F1 of the reference, and of production with the labels joined", async () => {
  const wanted = vector("e2e-california-performance");
  const { y_true = "", y_score = "", y_pred = "" } = wanted.params;
  const rows: MemoryRow[] = [];
  for await (const batch of engine.scan("production", [y_true, y_score, y_pred], 2048)) {
    for (let i = 0; i < batch.rows; i++) {
      rows.push(
        Object.fromEntries([y_true, y_score, y_pred].map((name) => [name, Number(batch.columns[name]?.[i])])),
      );
    }
  }
  const memory = MemoryEngine.of({ production: rows });
  const got: Record<string, number> = {};
  for (const [short, table, from] of [
    ["ref", "reference", engine],
    ["prod", "production", engine],
    ["memory", "production", memory],
  ] as const) {
    const columns = { table, label: y_true, positive: 1 };
    const [auc, accuracy, f1] = await measureAll(from, [
      measuring("roc_auc", { ...columns, score: y_score }),
      measuring("accuracy", { ...columns, prediction: y_pred }),
      measuring("f1", { ...columns, prediction: y_pred }),
    ]);
    for (const [name, found] of Object.entries({ auc, accuracy, f1 })) {
      got[`${short}_${name}`] = found?.all.kind === "value" ? found.all.value : Number.NaN;
    }
    got[`${short}_rows`] = accuracy?.all.rows ?? Number.NaN;
  }
  expectAll(got, wanted);
  const { prod_rows, prod_auc, prod_accuracy, prod_f1 } = wanted.expected;
  const again = {
    memory_rows: prod_rows,
    memory_auc: prod_auc,
    memory_accuracy: prod_accuracy,
    memory_f1: prod_f1,
  };
  expectAll(got, { ...wanted, expected: again as Readonly<Record<string, number>> });
});

test("e2e-california-ks and e2e-california-wasserstein: of the values, and as drift of two tables says them", async () => {
  const [ks, wasserstein] = [vector("e2e-california-ks"), vector("e2e-california-wasserstein")];
  const { features } = ks.params;
  const statistics = new Map<string, number>();
  const distances = new Map<string, number>();
  for (const feature of features) {
    const reference = weightedValues(await valuesOf("reference", feature));
    const production = weightedValues(await valuesOf("production", feature));
    statistics.set(feature, ks2samp(reference, production).statistic);
    distances.set(feature, wassersteinDistance(reference, production));
  }
  expectAll(Object.fromEntries(statistics), ks);
  expectAll(Object.fromEntries(distances), wasserstein);

  const known = engine.info("reference").columns.filter(({ name }) => features.includes(name));
  const profiles = await profileColumns(engine, "reference", known, { countAll: true });
  const base = { rows: engine.info("reference").rows, columns: profiles };
  const found = await drift(engine, "production", base, undefined, undefined, true);
  expect(found.columns.map((one) => one.distances_from)).toEqual(features.map(() => "values"));
  expectAll(Object.fromEntries(found.columns.map((one) => [one.column, one.ks])), ks);
  expectAll(Object.fromEntries(found.columns.map((one) => [one.column, one.wasserstein])), wasserstein);
});
