import { describe, expect, test } from "vitest";
import type { Aggregate, Dimension, Measure } from "./aggregate.ts";
import { column } from "./expression.ts";
import { mergeAggregates } from "./merge.ts";

const count: Measure = { fn: "count" };
const listed = (name: string): Dimension => ({ kind: "listed", column: name, values: ["a", "b"] });
const cell: Dimension = { kind: "cell", of: column("score"), per: 1024 };
const late = { kind: "equals", column: "late", value: 1 } as const;
const of = (
  by: readonly Dimension[],
  values: Aggregate["values"],
  where?: Aggregate["where"],
): Aggregate => ({
  table: "t",
  by,
  values,
  ...(where === undefined ? {} : { where }),
});

describe("merging aggregates", () => {
  test("answers equal aggregates once, whatever the order of their fields", () => {
    const plan = mergeAggregates([
      of([listed("x")], { n: count }),
      { values: { n: { fn: "count" } }, table: "t", by: [listed("x")] },
    ]);
    expect(plan.statements).toHaveLength(1);
    expect(plan.projections[0]).toBe(plan.projections[1]);
  });

  test("puts the score cells of all subgroups in one scan, each as a set of its own", () => {
    const values = { n: count, p: { fn: "sum", of: column("y") } } as const;
    const plan = mergeAggregates([
      of([cell], values),
      of([listed("x"), cell], values),
      of([cell, listed("y")], values),
    ]);
    expect(plan.statements).toHaveLength(1);
    expect(plan.statements[0]?.dimensions).toEqual([listed("x"), cell, listed("y")]);
    expect(plan.statements[0]?.sets).toEqual([[0, 1], [1, 2], [1]]);
    expect(plan.statements[0]?.measures).toEqual([count, { fn: "sum", of: column("y") }]);
    expect(plan.projections.map(({ set, keys }) => ({ set, keys }))).toEqual([
      { set: 2, keys: [1] },
      { set: 0, keys: [0, 1] },
      { set: 1, keys: [1, 2] },
    ]);
  });

  test("keeps a wide profile away from sets of many groups, which would compute it for each of them", () => {
    const profile = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [`max${i}`, { fn: "max", of: column(`c${i}`) } as const]),
    );
    const plan = mergeAggregates([
      of([], profile),
      of([cell], { n: count }),
      of([cell, listed("x")], { n: count }),
    ]);
    expect(plan.statements.map((statement) => [statement.sets.length, statement.measures.length])).toEqual([
      [2, 1],
      [1, 20],
    ]);
  });

  test("shares a scan between a total and groups that need the same number", () => {
    const plan = mergeAggregates([of([listed("x")], { n: count }), of([], { all: count })]);
    expect(plan.statements).toHaveLength(1);
    expect(plan.projections[1]?.values).toEqual([["all", 0]]);
  });

  test("takes many small totals out of groups, which one by one they would join", () => {
    const small = Array.from({ length: 8 }, (_, i) => {
      const x = column(`x${i}`);
      return of([], { low: { fn: "min", of: x }, high: { fn: "max", of: x } });
    });
    const plan = mergeAggregates([of([listed("x")], { n: count }), ...small, of([], { n: count })]);
    expect(plan.statements.map(({ sets, measures }) => [sets, measures.length])).toEqual([
      [[[0]], 1],
      [[[]], 16],
    ]);
    // What the groups count anyway is added up from them.
    expect(plan.projections.at(-1)?.statement).toBe(0);
    expect(mergeAggregates([of([listed("x")], { n: count }), ...small.slice(0, 1)]).statements).toHaveLength(
      1,
    );
  });

  test("adds coarse groups up from fine ones, but not from cells of scores and not distinct counts", () => {
    const values = { n: count } as const;
    const plan = mergeAggregates([
      of([], values),
      of([listed("y")], values),
      of([listed("x"), listed("y")], values),
    ]);
    expect(plan.statements.map(({ sets }) => sets)).toEqual([[[0, 1]]]);
    expect(plan.projections.map(({ set, keys }) => ({ set, keys }))).toEqual([
      { set: 0, keys: [] },
      { set: 0, keys: [1] },
      { set: 0, keys: [0, 1] },
    ]);
    expect(
      mergeAggregates([of([listed("x")], values), of([listed("x"), cell], values)]).statements[0]?.sets,
    ).toEqual([[0, 1], [0]]);
    const distinct = { d: { fn: "count_distinct", column: "id" } } as const;
    const apart = mergeAggregates([of([listed("x")], distinct), of([listed("x"), listed("y")], distinct)]);
    expect(apart.statements.flatMap(({ sets }) => sets)).toHaveLength(2);
  });

  test("never mixes rows of other groups into a statement", () => {
    const among = [{ dimension: listed("x"), keys: ["a"] }];
    const plan = mergeAggregates([of([], { n: count }), { ...of([], { n: count }), among }]);
    expect(plan.statements.map((statement) => statement.among)).toEqual([[], among]);
  });

  test("never computes a distinct count for groups that did not ask for it", () => {
    const plan = mergeAggregates([
      of([listed("x")], { n: count }),
      of([], { d: { fn: "count_distinct", column: "id" } }),
    ]);
    expect(plan.statements).toHaveLength(2);
  });

  test("turns conditions into measure filters where there are no keys, and only there", () => {
    const early = { kind: "not", of: late } as const;
    const plan = mergeAggregates([
      of([], { n: count }, late),
      of([], { n: { fn: "count", where: early }, top: { fn: "max", of: column("x") } }, late),
      of([], { n: count }, { kind: "all", of: [] }),
      of([listed("x")], { n: count }, late),
      of([], { d: { fn: "count_distinct", column: "id" } }, late),
    ]);
    const totals = plan.statements[1];
    expect(totals).toMatchObject({ where: undefined, sets: [[]] });
    expect(totals?.measures).toEqual([
      { fn: "count", where: late },
      { fn: "count", where: { kind: "all", of: [late, early] } },
      { fn: "max", of: column("x"), where: late },
      { fn: "count" },
    ]);
    expect(plan.statements.map((statement) => statement.where)).toEqual([late, undefined, late]);
    expect(plan.projections.map((projection) => projection.statement)).toEqual([1, 1, 1, 0, 2]);
  });

  test("asks one table at a time and stays within what a statement can hold", () => {
    const tables = mergeAggregates([of([], { n: count }), { ...of([], { n: count }), table: "u" }]);
    expect(tables.statements.map((statement) => statement.table)).toEqual(["t", "u"]);
    const many = Array.from({ length: 100 }, (_, i) => of([listed(`c${i}`)], { n: count }));
    for (const { dimensions, sets } of mergeAggregates(many).statements) {
      expect(dimensions.length).toBeLessThanOrEqual(30);
      expect(sets.length).toBeLessThanOrEqual(32);
    }
    const measures = Array.from({ length: 1000 }, (_, i) =>
      of([], { n: { fn: "max", of: column(`c${i}`) } }),
    );
    for (const statement of mergeAggregates(measures).statements)
      expect(statement.measures.length).toBeLessThanOrEqual(400);
  });

  test("joins more where a scan is dear", () => {
    const asked = [
      of([], { a: { fn: "max", of: column("a") }, b: { fn: "min", of: column("b") } }),
      of([cell], { n: count }),
    ];
    expect(mergeAggregates(asked).statements).toHaveLength(2);
    expect(mergeAggregates(asked, { scan: 100 }).statements).toHaveLength(1);
  });
});
