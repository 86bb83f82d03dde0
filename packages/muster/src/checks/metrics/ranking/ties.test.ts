import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MemoryEngine } from "../../../engine/memory/memory-engine.ts";
import type { MemoryRow, MemoryTable } from "../../../engine/memory/memory-table.ts";
import { inputOf, named } from "../fixtures/measuring.ts";
import type { MetricColumns, MetricResult } from "../metric.ts";
import { listTable, rankedColumns } from "./fixtures/ranked.ts";

const { document: _document, ...withoutIds }: MetricColumns = rankedColumns;

async function measured(
  table: MemoryTable,
  name: string,
  given: Readonly<Record<string, unknown>> = {},
  columns: MetricColumns = withoutIds,
): Promise<MetricResult> {
  const metric = named(name);
  const input = inputOf(metric, columns, given);
  const [answer] = await MemoryEngine.of({ results: table }).aggregate([metric.aggregate(input, [])]);
  if (answer === undefined) throw new Error("no answer");
  return metric.finish(input, answer.groups);
}

const numberOf = (result: MetricResult): number => (result.kind === "value" ? result.value : Number.NaN);

/** Every order of the items. */
function orders(items: readonly number[]): readonly (readonly number[])[] {
  if (items.length <= 1) return [items];
  return items.flatMap((first, i) => orders(items.toSpliced(i, 1)).map((rest) => [first, ...rest]));
}

/** Every order of a list in which greater scores come first. */
function allowed(scores: readonly number[]): readonly (readonly number[])[] {
  const falls = (order: readonly number[]): boolean =>
    order.every((at, n) => n === 0 || (scores[order[n - 1] ?? 0] ?? 0) >= (scores[at] ?? 0));
  return orders(scores.map((_, i) => i)).filter(falls);
}

/** The list in an order, its scores without a tie. */
const withoutTies = (labels: readonly number[], order: readonly number[]): MemoryTable =>
  listTable(
    order.map((i) => labels[i] ?? 0),
    order.map((_, n) => order.length - n),
  );

const list = fc
  .array(fc.record({ label: fc.integer({ min: 0, max: 2 }), score: fc.integer({ min: 0, max: 2 }) }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((rows) => ({ labels: rows.map((r) => r.label), scores: rows.map((r) => r.score) }));

describe("ties: average is the mean over all orders of equal scores, and worst the least of them", () => {
  const cases: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
    ["ndcg", {}],
    ["ndcg", { k: 2 }],
    ["dcg", { k: 3, gain: "exponential" }],
    ["precision_at_k", { k: 2 }],
    ["recall_at_k", { k: 3 }],
    ["r_precision", {}],
    ["map", {}],
    ["map", { k: 2 }],
    ["rbp", { p: 0.7 }],
  ];
  test.each(cases)("%s %o", async (name, given) => {
    const property = fc.asyncProperty(list, async ({ labels, scores }) => {
      const each = await Promise.all(
        allowed(scores).map(async (order) =>
          numberOf(await measured(withoutTies(labels, order), name, given)),
        ),
      );
      const table = listTable(labels, scores);
      const mean = each.reduce((a, b) => a + b, 0) / each.length;
      expect(numberOf(await measured(table, name, { ...given, ties: "average" }))).toBeCloseTo(mean, 10);
      const worst = numberOf(await measured(table, name, { ...given, ties: "worst" }));
      expect(worst).toBeCloseTo(Math.min(...each), 10);
    });
    await fc.assert(property, { numRuns: 25 });
  });

  test.each([["mrr"], ["hit_rate"], ["bpref"], ["infAP"], ["11pt_avg"]])(
    "%s never gains by ties",
    async (name) => {
      const given = name === "hit_rate" ? { k: 2 } : {};
      const property = fc.asyncProperty(list, async ({ labels, scores }) => {
        const worst = numberOf(await measured(listTable(labels, scores), name, given));
        for (const order of allowed(scores)) {
          const one = numberOf(await measured(withoutTies(labels, order), name, given));
          expect(worst).toBeLessThanOrEqual(one + 1e-12);
        }
      });
      await fc.assert(property, { numRuns: 15 });
    },
  );
});

describe("what is said of lists that say little", () => {
  const rows = [
    { query: "a", document: "1", score: 2, relevance: 1 },
    { query: "a", document: "2", score: 1, relevance: 0 },
    { query: "empty", document: "1", score: 1, relevance: 0 },
    { query: "missing", document: "1", score: null, relevance: 1 },
    { query: "unjudged", document: "1", score: 1, relevance: null },
  ];
  const table: MemoryTable = { columns: listTable([], []).columns, rows };

  test("queries without results or relevant documents count as 0 and are told, unless they are left out", async () => {
    const counts = { unjudged_queries: 1, queries_without_results: 1, queries_without_relevant: 1 };
    expect(await measured(table, "map")).toMatchObject({ value: 1 / 3, rows: 3, facts: counts });
    expect(await measured(table, "map", { missing_queries: "exclude" })).toMatchObject({
      value: 0.5,
      rows: 2,
    });
    const both = { missing_queries: "exclude", empty_queries: "exclude" };
    expect(await measured(table, "map", both)).toMatchObject({ value: 1, rows: 1, facts: counts });
  });

  test("it is undefined without a judged query, with a row of no query, and with a score or label that is no number", async () => {
    const because = async (...changed: readonly MemoryRow[]): Promise<unknown> => {
      const found = await measured({ ...table, rows: changed }, "ndcg");
      return found.kind === "undefined" ? found.because : found;
    };
    const [one] = rows;
    if (one === undefined) throw new Error("no row");
    expect(await because()).toMatch(/no query has a label/);
    expect(await because({ ...one, relevance: null })).toMatch(/no query has a label/);
    expect(await because(one, { ...one, query: null })).toMatch(/name no query/);
    for (const wrong of [
      { score: Number.NaN },
      { score: Infinity },
      { relevance: Number.NaN },
      { relevance: 2000 },
    ]) {
      expect(await because(one, { ...one, document: "9", ...wrong })).toMatch(
        /not finite, or the label is above/,
      );
    }
  });

  test("what it needs is said before anything is read", () => {
    const unmet = (name: string, given: Readonly<Record<string, unknown>>, columns: MetricColumns) => () =>
      inputOf(named(name), columns, given);
    const { query: _query, ...none } = rankedColumns;
    expect(unmet("map", {}, none)).toThrow(/names the query/);
    expect(unmet("map", { ties: "trec_eval" }, withoutIds)).toThrow(/document ids/);
    expect(unmet("precision_at_k", {}, rankedColumns)).toThrow(/k has to be set/);
    expect(unmet("mrr", { ties: "average" }, rankedColumns)).toThrow(/cannot take "average"/);
    expect(unmet("map", {}, { ...rankedColumns, weight: "score" })).toThrow(/weights/);
  });
});

test("trec_eval's names carry their parameter, within its limits", () => {
  expect(named("P_10").params.k).toMatchObject({ default: 10 });
  expect(named("recall_5").params.k).toMatchObject({ default: 5 });
  expect(named("iprec_at_recall_0.50").params.recall).toMatchObject({ default: 0.5 });
  for (const wrong of ["P_0", "P_9999999", "iprec_at_recall_1.5", "ndcg_cut_", "map_5", "P_1e3"]) {
    expect(() => named(wrong)).toThrow();
  }
});
