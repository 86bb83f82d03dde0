import { expect, test } from "vitest";
import { scratchEngine } from "../../../engine/duckdb/fixtures/scratch-engine.ts";
import {
  type Engine,
  MemoryEngine,
  type MemoryTable,
  type MetricResult,
  measureAll,
  measuring,
} from "../../../index.ts";
import { readVectors, type Vector } from "../../../stats/fixtures/vector.ts";
import { agrees } from "../fixtures/vector.ts";
import { listTable, officialTable, type Qrels, rankedColumns, rankedTable } from "./fixtures/ranked.ts";

const vectors = readVectors(new URL("./fixtures/vectors.json", import.meta.url));

const { engine: duckdb, attachRows } = await scratchEngine();

/** The names that this project has for what a case calls otherwise. */
const named = new Map([
  ["average_precision_ir", "map"],
  ["reciprocal_rank", "recip_rank"],
  ["rank_biased_precision", "rbp"],
]);

type Given = Readonly<Record<string, unknown>>;

function tableOf({ input }: Vector): MemoryTable {
  if (input.table === "trec-eval-test.json") return officialTable();
  return Array.isArray(input.relevance)
    ? listTable(input.relevance, input.scores as number[])
    : rankedTable(input.qrels as Qrels, input.run as Qrels);
}

function paramsOf({ params }: Vector): Given {
  const { k, ties, discount: _log2, measures: _measures, ...others } = params;
  const words: Readonly<Record<string, string>> = {
    average: "average",
    // numpy's order reversed: of equal scores the later one comes first, as documents by falling id do.
    ignore: "trec_eval",
  };
  return {
    ...others,
    ...(typeof k === "number" ? { k } : {}),
    ...(typeof ties === "string" && ties in words ? { ties: words[ties] } : {}),
  };
}

/** Each metric of every query and, under "all", of all of them. */
async function measured(
  engine: Engine,
  names: readonly string[],
  params: Given,
): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const whats = names.map((name) => measuring(name, rankedColumns, { params, by: ["query"] }));
  const found = await measureAll(engine, whats);
  const numberOf = (result: MetricResult): number => {
    if (result.kind === "value") return result.value;
    throw new Error(JSON.stringify(result));
  };
  return new Map(
    found.map(({ all, groups }, i) => [
      names[i] ?? "",
      new Map([
        ["all", numberOf(all)],
        ...groups.map(({ keys, result }) => [String(keys[0]), numberOf(result)] as const),
      ]),
    ]),
  );
}

const officialNames = [
  ...new Set(
    vectors
      .filter(({ input }) => input.table !== undefined)
      .flatMap(({ expected }) => Object.keys(expected as object)),
  ),
];
const officialNumbers = new Map<boolean, ReturnType<typeof measured>>();

/** Of trec_eval's own test everything is measured once, for its three cases together. */
function ofOfficial(engine: Engine): ReturnType<typeof measured> {
  const inMemory = engine instanceof MemoryEngine;
  const found = officialNumbers.get(inMemory) ?? measured(engine, officialNames, {});
  officialNumbers.set(inMemory, found);
  return found;
}

/** The numbers of a case in the shape of what is expected: by query, by measure, or one. */
async function say(vector: Vector, engine: Engine): Promise<unknown> {
  const params = paramsOf(vector);
  if (vector.metric !== "trec_eval") {
    const name = named.get(vector.metric) ?? vector.metric;
    return (await measured(engine, [name], params)).get(name)?.get("all");
  }
  const expected = vector.expected as Readonly<Record<string, unknown>>;
  const byQuery = Object.values(expected).every((one) => typeof one === "object");
  const names = Object.keys((byQuery ? Object.values(expected)[0] : expected) as object);
  const isOfficial = vector.input.table !== undefined;
  const found = isOfficial ? await ofOfficial(engine) : await measured(engine, names, params);
  const of = (query: string) =>
    Object.fromEntries(names.map((name) => [name, found.get(name)?.get(query)] as const));
  return byQuery
    ? Object.fromEntries(Object.keys(expected).map((query) => [query, of(query)] as const))
    : of(String(vector.input.query ?? "all"));
}

function expectSame(got: unknown, expected: unknown, tolerance: number, where: string): void {
  if (typeof expected === "object" && expected !== null) {
    for (const [key, one] of Object.entries(expected)) {
      expectSame((got as Readonly<Record<string, unknown>>)[key], one, tolerance, `${where} ${key}`);
    }
    return;
  }
  const fits = typeof got === "number" && agrees(got, Number(expected), tolerance);
  expect(fits, `${where}: ${String(got)} for ${String(expected)}`).toBe(true);
}

test.each(vectors)(
  "$id ($source)",
  async (vector) => {
    const table = tableOf(vector);
    await attachRows("results", table);
    const direct = await say(vector, MemoryEngine.of({ results: table }));
    expectSame(direct, vector.expected, vector.tolerance, "memory");
    const sql = await say(vector, duckdb);
    expectSame(sql, vector.expected, vector.tolerance, "DuckDB");
    expectSame(sql, direct, 1e-12, "DuckDB and memory");
  },
  60_000,
);
