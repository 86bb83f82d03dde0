import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Aggregate, Dimension } from "./aggregate.ts";
import { columnsToKnow, estimateCost, occupied, partsWithin } from "./estimate.ts";
import { column } from "./expression.ts";
import { mergeAggregates } from "./merge.ts";
import type { TableStatistics } from "./statistics.ts";

const cell = (per: number): Dimension => ({ kind: "cell", of: column("score"), per });
const by = (...dimensions: readonly Dimension[]): Aggregate => ({
  table: "t",
  by: dimensions,
  values: { n: { fn: "count" } },
});
const values = (name: string): Dimension => ({ kind: "values", column: name });
const flights: TableStatistics = {
  rows: 3_000_000,
  columns: new Map([
    ["origin", { distinct: 229, missing: 0, least: null, greatest: null }],
    ["destination", { distinct: 230, missing: 10, least: null, greatest: null }],
    ["score", { distinct: 270_000, missing: 0, least: 0, greatest: 1 }],
  ]),
};
const costs = (aggregates: readonly Aggregate[]) =>
  mergeAggregates(aggregates).statements.map((one) => estimateCost(one, flights));

describe("what a statement will take", () => {
  test("is groups times cells of scores, a set after the other", () => {
    const [cost] = costs([by(values("origin"), cell(1024)), by(values("destination"), cell(1024)), by()]);
    // 229 origins, 230 destinations and the missing one, and all rows; 1,026 cells hold [0, 1] wherever they begin.
    expect(cost).toMatchObject({ sets: 3, groups: 461, rows: 3_000_000 });
    expect(cost?.cells).toBeGreaterThan(0.99 * 460 * 1026);
    expect(cost?.cells).toBeLessThanOrEqual(460 * 1026 + 1);
  });

  test("of exact scores is at most a cell for each row and set", () => {
    const exact: Dimension = { kind: "number", of: column("score") };
    const [cost] = costs([by(values("origin"), exact)]);
    expect(cost?.cells).toBeLessThanOrEqual(3_000_000);
    expect(cost?.cells).toBeGreaterThan(2_800_000);
  });

  test("without statistics is as if every row had another value", () => {
    const [statement] = mergeAggregates([by(values("elsewhere"))]).statements;
    if (statement === undefined) throw new Error("no statement");
    expect(estimateCost(statement, { rows: 50, columns: new Map() }).cells).toBe(50);
  });

  test("knows the sizes of what is listed, cut into bins, or part of a date", () => {
    const sizes = (
      [
        { kind: "listed", column: "x", values: ["a", "b"] },
        { kind: "bins", column: "x", edges: [0, 1, 2] },
        { kind: "part", column: "x", part: "weekday" },
        { kind: "half", column: "x", seed: 1 },
        { kind: "bucket", column: "x" },
      ] as const
    ).map((dimension) => costs([by(dimension)])[0]?.cells);
    // Each with the group of the missing, as nothing is known of x.
    expect(sizes).toEqual([4, 4, 8, 3, 257]);
  });

  test("counts only the keys that are asked for", () => {
    const [cost] = costs([
      { ...by(values("origin")), among: [{ dimension: values("origin"), keys: ["ORD"] }] },
    ]);
    expect(cost?.groups).toBe(1);
  });

  test("needs the columns that are grouped by, and of lists the key", () => {
    expect(columnsToKnow([by(values("origin"), cell(8)), by(values("origin"))])).toEqual(["origin", "score"]);
  });
});

describe("places taken by chance", () => {
  test("are as counted by a table of all outcomes", () => {
    // Two places, three rows: of 8 outcomes 2 take one place and 6 take both.
    expect(occupied(2, 3)).toBeCloseTo((2 * 1 + 6 * 2) / 8, 12);
    expect(occupied(3, 2)).toBeCloseTo((3 * 1 + 6 * 2) / 9, 12);
    expect(occupied(5, 0)).toBe(0);
    expect(occupied(Number.POSITIVE_INFINITY, 7)).toBe(7);
  });

  test("are never more than there are, or than rows", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e12 }), fc.integer({ min: 1, max: 1e9 }), (places, rows) => {
        const taken = occupied(places, rows);
        expect(taken).toBeLessThanOrEqual(Math.min(places, rows));
        expect(taken).toBeGreaterThanOrEqual(1 - 1e-6);
      }),
    );
  });
});

describe("parts of a plan", () => {
  test("keep every aggregate, each once, and no part of several sets is above the bound", () => {
    const aggregates = [
      by(values("origin"), cell(16_384)),
      by(values("destination"), cell(16_384)),
      by(cell(16_384)),
      by(values("origin"), cell(16_384)),
    ];
    const plan = mergeAggregates(aggregates);
    const cost = (s: (typeof plan.statements)[number]) => estimateCost(s, flights);
    const ofSet = (s: (typeof plan.statements)[number], set: number) =>
      cost({ ...s, sets: [s.sets[set] ?? []] }).cells;
    const parts = partsWithin(plan, plan.statements.map(cost), ofSet, 3_000_000);
    expect(parts.flat().sort()).toEqual([0, 1, 2, 3]);
    expect(parts.length).toBe(2);
    for (const part of parts) {
      const own = mergeAggregates(part.flatMap((at) => aggregates[at] ?? []));
      for (const statement of own.statements) expect(cost(statement).cells).toBeLessThanOrEqual(3_000_000);
    }
    expect(partsWithin(plan, plan.statements.map(cost), ofSet, 1e9)).toEqual([[0, 1, 2, 3]]);
  });
});
