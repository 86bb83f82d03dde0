import { expect, test } from "vitest";
import { registry } from "../checks/registry.ts";
import type { Verdict } from "../claims/verdict.ts";
import type { MemoryRow } from "../engine/memory/memory-table.ts";
import { evaluate } from "./evaluate.ts";
import { bench, toy } from "./fixtures/toy.ts";
import { valueModel } from "./fixtures/value-model.ts";

const spec = (metric: string): string => `muster: 1
name: search
version: 1.0.0
status: draft
owners: {ml: ml@toy.example}
problem:
  statement: Which documents answer the query?
  output: ranking
contract:
  inputs:
    - {name: bm25, type: float, required: true, range: [0, 100]}
  outputs:
    - {name: relevance_score, type: ranking}
data:
  training: {path: training}
  evaluation: {path: evaluation, query_id: query}
  label: {column: relevance, positive: 1}
evaluation:
  primary: ${metric}
  subgroups:
    - {by: language, values: [de, fr]}
`;

/** Ten documents a query, one of them relevant: in German the first by its score, in French the second. */
const rows: readonly MemoryRow[] = Array.from({ length: 300 }, (_, q) =>
  Array.from({ length: 10 }, (_, d) => ({
    query: `q${q}`,
    language: q % 3 === 0 ? "fr" : "de",
    bm25: 50 - d,
    relevance: d === (q % 3 === 0 ? 1 : 0) ? 1 : 0,
  })),
).flat();

async function judged(text: string): Promise<ReadonlyMap<string, Verdict>> {
  const t = toy(text);
  const model = valueModel("relevance_score", "bm25", "FP64", (score) => 2 * score);
  const { verdicts } = await evaluate(
    t.claims,
    registry,
    bench(t, { training: rows, evaluation: rows }, model),
    { evidence: [], waivers: [], measure: "all" },
  );
  return new Map(verdicts.map((verdict) => [verdict.claim.path, verdict] as const));
}

test("a spec of ranked lists is judged by query, in aggregate and for each subgroup", async () => {
  const verdicts = await judged(spec("{metric: ndcg, k: 10, at_least: 0.8}"));
  const shown = ["", "[language=de]", "[language=fr]"].map((group) => {
    const verdict = verdicts.get(`evaluation.primary${group}`);
    const [observed] = verdict?.observations ?? [];
    return { outcome: verdict?.outcome.kind, value: observed?.value, rows: observed?.rows };
  });
  const french = 1 / Math.log2(3);
  expect(shown).toEqual([
    { outcome: "kept", value: expect.closeTo((200 + 100 * french) / 300, 12), rows: 300 },
    { outcome: "kept", value: 1, rows: 200 },
    { outcome: "broken", value: expect.closeTo(french, 12), rows: 100 },
  ]);
});

test("a hit rate is a proportion of queries, and has an exact bound", async () => {
  const verdicts = await judged(spec("{metric: hit_rate, k: 1, at_least: 0.5}"));
  const of = (group: string) => verdicts.get(`evaluation.primary${group}`);
  expect(of("")?.outcome).toEqual({ kind: "kept" });
  expect(of("[language=de]")?.outcome.kind).toBe("kept");
  expect(of("[language=fr]")?.outcome.kind).toBe("broken");
});

test("without the query's column nothing is measured, and the claim says what is missing", async () => {
  const text = spec("{metric: map, at_least: 0.5}").replace(", query_id: query", "");
  const outcome = (await judged(text)).get("evaluation.primary")?.outcome;
  expect(outcome).toMatchObject({ kind: "undecided", because: expect.stringContaining("query_id") });
});
