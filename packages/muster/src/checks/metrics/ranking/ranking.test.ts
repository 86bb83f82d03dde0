import { describe, expect, test } from "vitest";
import { scratchEngine } from "../../../engine/duckdb/fixtures/scratch-engine.ts";
import type { Engine } from "../../../engine/engine.ts";
import { MemoryEngine } from "../../../engine/memory/memory-engine.ts";
import type { MemoryTable } from "../../../engine/memory/memory-table.ts";
import { inputOf, named } from "../fixtures/measuring.ts";
import { splitGroups } from "../groups.ts";
import type { MetricColumns, MetricResult } from "../metric.ts";
import { lists, listTable, official, officialTable, rankedColumns, rankedTable } from "./fixtures/ranked.ts";

const { engine: duckdb, attachRows } = await scratchEngine();

/** Both engines with the table, so that every number is asked of SQL and of the direct reading. */
async function engines(table: MemoryTable): Promise<readonly Engine[]> {
  await attachRows("results", table);
  return [MemoryEngine.of({ results: table }), duckdb];
}

/** The value of each query and, under "all", of all. */
async function values(
  engine: Engine,
  name: string,
  given: Readonly<Record<string, unknown>> = {},
  columns: MetricColumns = rankedColumns,
): Promise<ReadonlyMap<string, MetricResult>> {
  const metric = named(name);
  const input = inputOf(metric, columns, given);
  const [all, each] = await engine.aggregate([
    metric.aggregate(input, []),
    metric.aggregate(input, [{ kind: "values", column: "query" }]),
  ]);
  if (all === undefined || each === undefined) throw new Error("no answer");
  return new Map([
    ["all", metric.finish(input, all.groups)],
    ...splitGroups(each.groups, 1).map(
      ({ keys, cells }) => [String(keys[0]), metric.finish(input, cells)] as const,
    ),
  ]);
}

const numberOf = (result: MetricResult | undefined): number =>
  result?.kind === "value" ? result.value : Number.NaN;

test("every number that trec_eval prints for its own test comes out, a query and all", async () => {
  const both = await engines(officialTable());
  const measures = Object.keys(official.expected.all ?? {});
  expect(measures.length).toBeGreaterThan(50);
  for (const [e, engine] of both.entries()) {
    for (const measure of measures) {
      const found = await values(engine, measure);
      for (const [query, expected] of Object.entries(official.expected)) {
        const wanted = expected[measure];
        if (wanted === undefined) continue;
        const got = numberOf(found.get(query));
        expect(Math.abs(got - wanted), `${e} ${measure} ${query}: ${got} for ${wanted}`).toBeLessThanOrEqual(
          5.1e-5,
        );
      }
    }
  }
}, 120_000);

test("what trec_eval 9 says of random lists with ties, empty queries and queries without results", async () => {
  for (const { qrels, run, expected } of lists.trec_eval) {
    const [memory, sql] = await engines(rankedTable(qrels, run));
    for (const [level, queries] of Object.entries(expected)) {
      const measures = new Set(Object.values(queries).flatMap((one) => Object.keys(one)));
      for (const measure of measures) {
        for (const engine of [memory, sql]) {
          if (engine === undefined) throw new Error("no engine");
          const found = await values(engine, measure, { relevance_level: level });
          for (const [query, one] of Object.entries(queries)) {
            const wanted = one[measure];
            if (wanted !== undefined)
              expect(numberOf(found.get(query)), `${measure} ${query}`).toBeCloseTo(wanted, 6);
          }
        }
      }
    }
  }
}, 120_000);

describe("scikit-learn", () => {
  test.each(lists.scikit_learn.map((one, i) => [i, one] as const))("random list %i", async (_, one) => {
    for (const engine of await engines(listTable(one.relevance, one.scores))) {
      const k = one.k === null ? {} : { k: one.k };
      const { document: _none, ...plain } = rankedColumns;
      expect(numberOf((await values(engine, "ndcg", k, plain)).get("all"))).toBeCloseTo(one.ndcg, 10);
      expect(numberOf((await values(engine, "dcg", k, plain)).get("all"))).toBeCloseTo(one.dcg, 10);
    }
  });
});
