import { beforeAll, expect, test } from "vitest";
import type { Aggregate, Dimension } from "../../query/aggregate.ts";
import { md5 } from "../../source/md5.ts";
import { scratchEngine } from "./fixtures/scratch-engine.ts";
import { runDuckDb } from "./fixtures/write-parquet.ts";

const rows = 120_000;
const { engine, at } = await scratchEngine();

const unitOf = (i: number): string | null => (i % 7 === 0 ? null : `u'${i % 500}`);

beforeAll(async () => {
  const path = at("t.parquet");
  await runDuckDb(
    `COPY (SELECT range AS id, CASE WHEN range % 7 <> 0 THEN 'u''' || range % 500 END AS unit,
       make_timestamp((range % 300) * 1000000) AS at, range % 3 AS "V0" FROM range(${rows}))
     TO '${path}' (FORMAT parquet)`,
  );
  await engine.attach("t", path);
});

async function ask(aggregate: Omit<Aggregate, "table" | "values">) {
  const [answer] = await engine.aggregate([{ table: "t", values: { n: { fn: "count" } }, ...aggregate }]);
  const { keys = [], values } = answer?.groups ?? { values: {} as Record<string, Float64Array> };
  return {
    query: answer?.query ?? "",
    found: new Map((keys[0] ?? []).map((key, g) => [key, values.n?.[g]])),
  };
}

function counted(key: (i: number) => string | number | null, kept = (_: number) => true) {
  const counts = new Map<string | number | null, number>();
  for (let i = 0; i < rows; i++) if (kept(i)) counts.set(key(i), (counts.get(key(i)) ?? 0) + 1);
  return counts;
}

const half = (column: string): Dimension => ({ kind: "half", column, seed: 4 });
const halfOf = (unit: string | null): number | null =>
  unit === null ? null : Number(md5(`4:${unit}`) >= "8");
const bucketOf = (unit: string | null): string | null => (unit === null ? null : md5(unit).slice(0, 2));

test("halves and buckets of values that repeat are those of the rows one by one, missing ones too", async () => {
  const halves = await ask({ by: [half("unit")] });
  expect(halves.query).toContain("LEFT JOIN");
  expect(halves.found).toEqual(counted((i) => halfOf(unitOf(i))));
  const buckets = await ask({
    by: [{ kind: "bucket", column: "unit" }],
    among: [{ dimension: half("unit"), keys: [1] }],
    where: { kind: "equals", column: "V0", value: 2 },
  });
  expect(buckets.query).toContain("LEFT JOIN");
  const kept = (i: number): boolean => halfOf(unitOf(i)) === 1 && i % 3 === 2;
  expect(buckets.found).toEqual(counted((i) => bucketOf(unitOf(i)), kept));
});

test("times are looked up by themselves, whole numbers that do not repeat are not", async () => {
  const times = await ask({ by: [half("at")] });
  expect(times.query).toContain("LEFT JOIN");
  expect(times.found).toEqual(counted((i) => halfOf(String((i % 300) * 1000))));
  const ids = await ask({ by: [{ kind: "bucket", column: "id" }] });
  expect(ids.query).not.toContain("JOIN");
  expect(ids.found.get(bucketOf("17"))).toBeGreaterThan(0);
});
