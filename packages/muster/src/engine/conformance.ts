import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Aggregate } from "../query/aggregate.ts";
import { column, type Expression } from "../query/expression.ts";
import type { Predicate } from "../query/predicate.ts";
import type { Engine } from "./engine.ts";
import { anyAggregate, anyListsAggregate, anyTable } from "./fixtures/arbitraries.ts";
import { expectSame, groupsByKey } from "./fixtures/compare-groups.ts";
import { cutsConformance } from "./fixtures/cuts-conformance.ts";
import { groupsConformance } from "./fixtures/groups-conformance.ts";
import { listsConformance } from "./fixtures/lists-conformance.ts";
import { longListConformance } from "./fixtures/long-list-conformance.ts";
import { overlapConformance } from "./fixtures/overlap-conformance.ts";
import { planConformance } from "./fixtures/plan-conformance.ts";
import { questionConformance } from "./fixtures/question-conformance.ts";
import { scanConformance } from "./fixtures/scan-conformance.ts";
import { collect, smallTable, stream } from "./fixtures/small-table.ts";
import { widenConformance } from "./fixtures/widen-conformance.ts";
import { MemoryEngine } from "./memory/memory-engine.ts";
import type { MemoryTable } from "./memory/memory-table.ts";

export interface EngineUnderTest {
  readonly engine: Engine;
  /** Makes the rows readable as `table`, replacing what was there. */
  load(table: string, rows: MemoryTable): Promise<void>;
  /** Where the rows lie that were loaded as `table`. */
  address(table: string): string;
}

/** What every engine promises; each adapter's test runs it. */
export function engineConformance(name: string, open: () => Promise<EngineUnderTest>): void {
  describe(`${name} as an engine`, () => {
    let engine: Engine;
    let load: EngineUnderTest["load"];
    let address: EngineUnderTest["address"];
    beforeAll(async () => {
      const under = await open();
      engine = under.engine;
      load = under.load.bind(under);
      address = under.address.bind(under);
      await load("t", smallTable);
    });
    afterAll(() => engine.close());

    const ask = async (aggregate: Omit<Aggregate, "table">): Promise<ReturnType<typeof groupsByKey>> => {
      const [answer] = await engine.aggregate([{ table: "t", ...aggregate }]);
      if (answer === undefined) throw new Error("no answer");
      return groupsByKey(answer.groups);
    };

    test("names its columns in the words of the spec and counts its rows", async () => {
      const info = engine.info("t");
      expect(info.columns.map(({ name, type }) => ({ name, type }))).toEqual(smallTable.columns);
      expect(info.rows).toBe(6);
      expect(await engine.digest("t")).toMatch(/^sha256:[0-9a-f]{64}$/);
    });

    test("counts missing values as a group of their own, apart from empty text", async () => {
      expect(
        Object.fromEntries(
          await ask({ by: [{ kind: "values", column: "city" }], values: { n: { fn: "count" } } }),
        ),
      ).toEqual({
        '["Ulm"]': { n: 2 },
        "[null]": { n: 1 },
        '[""]': { n: 1 },
        '["Bonn"]': { n: 1 },
        '["o\'Fallon\\""]': { n: 1 },
      });
    });

    test("leaves NaN and infinities out of sums, minima and maxima, and takes -0 and 0 for one value", async () => {
      const of = column("score");
      const totals = await ask({
        by: [],
        values: {
          sum: { fn: "sum", of },
          min: { fn: "min", of },
          max: { fn: "max", of },
          d: { fn: "count_distinct", column: "score" },
        },
      });
      expect(totals.get("[]")).toEqual({ sum: 0.25, min: expect.closeTo(0, 15), max: 0.25, d: 4 });
      const cells = await ask({ by: [{ kind: "number", of }], values: { n: { fn: "count" } } });
      expect(Object.fromEntries(cells)).toEqual({ "[0.25]": { n: 1 }, "[0]": { n: 2 }, "[null]": { n: 3 } });
    });

    test("counts missing and finite values, also where only their sum is not finite", async () => {
      const count = (where: Predicate) => ({ fn: "count", where }) as const;
      const missing: Predicate = { kind: "is_missing", column: "x" };
      const values = {
        rows: { fn: "count" },
        missing: count(missing),
        present: count({ kind: "not", of: missing }),
        finite: count({ kind: "is_finite", column: "x" }),
      } as const;
      const cases: readonly (readonly [readonly (number | null)[], number])[] = [
        [[1e308, 1e308, null], 2],
        [[Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, null], 0],
        [[Number.NaN, 2, null], 1],
        [[-0, 2, null], 2],
        [[null, null, null], 0],
      ];
      for (const [i, [cells, finite]] of cases.entries()) {
        const table = `finite${i}`;
        await load(table, {
          columns: [{ name: "x", type: "float" }],
          rows: cells.map((x) => ({ x })),
        });
        const missed = cells.filter((x) => x === null).length;
        const wanted = { rows: 3, missing: missed, present: 3 - missed, finite };
        const of = column("x");
        const extremes = { low: { fn: "min", of }, high: { fn: "max", of } } as const;
        for (const further of [{}, extremes]) {
          const [answer] = await engine.aggregate([{ table, by: [], values: { ...values, ...further } }]);
          if (answer === undefined) throw new Error("no answer");
          expect(groupsByKey(answer.groups).get("[]")).toMatchObject(wanted);
        }
      }
    });

    test("puts hours, bins and lists under their names, everything else under (other), missing under null", async () => {
      const values = { n: { fn: "count" as const } };
      const ranges = [
        { name: "night", from: 0, to: 6 },
        { name: "noon", from: 12, to: 13 },
        { name: "night", from: 23, to: 24 },
      ];
      expect(
        Object.fromEntries(await ask({ by: [{ kind: "hours", column: "at", ranges }], values })),
      ).toEqual({
        '["night"]': { n: 3 },
        '["noon"]': { n: 1 },
        '["(other)"]': { n: 1 },
        "[null]": { n: 1 },
      });
      expect(
        Object.fromEntries(await ask({ by: [{ kind: "bins", column: "id", edges: [1, 2, 4] }], values })),
      ).toEqual({
        '["[1, 2)"]': { n: 1 },
        '["[2, 4]"]': { n: 3 },
        '["(other)"]': { n: 1 },
        "[null]": { n: 1 },
      });
      expect(
        Object.fromEntries(
          await ask({ by: [{ kind: "listed", column: "late", values: [1, "Ulm"] }], values }),
        ),
      ).toEqual({
        '["1"]': { n: 3 },
        '["(other)"]': { n: 2 },
        "[null]": { n: 1 },
      });
    });

    cutsConformance(
      () => engine,
      (table, rows) => load(table, rows),
    );

    test("lets an unknown comparison fail under not as well", async () => {
      const late = { kind: "equals", column: "late", value: true } as const;
      const counts = await ask({
        by: [],
        values: {
          late: { fn: "count", where: late },
          not: { fn: "count", where: { kind: "not", of: late } },
        },
      });
      expect(counts.get("[]")).toEqual({ late: 3, not: 3 });
    });

    test("divides, raises and compares row by row; what has no number is missing, never an error", async () => {
      const id = column("id");
      const two = { kind: "constant", value: 2 } as const;
      const off = { kind: "difference_of", left: id, right: two } as const;
      const sum = (of: Expression) => ({ fn: "sum", of }) as const;
      const found = await ask({
        by: [{ kind: "number", of: id }],
        values: {
          quotient: sum({ kind: "quotient_of", over: id, under: off }),
          root: sum({ kind: "power", of: off, exponent: 0.5 }),
          inverse: sum({ kind: "power", of: off, exponent: -1 }),
          at_least: sum({ kind: "at_least", left: id, right: two }),
          unknown: sum({ kind: "at_least", left: column("score"), right: two }),
        },
      });
      const none = Number.NaN;
      expect(found.get("[1]")).toEqual({ quotient: -1, root: none, inverse: none, at_least: 0, unknown: 0 });
      expect(found.get("[2]")).toMatchObject({ quotient: none, root: 0, inverse: none, at_least: 1 });
      expect(found.get("[6]")).toMatchObject({ quotient: 1.5, root: 2, inverse: 0.25, at_least: 1 });
      expect(found.get("[null]")).toMatchObject({
        quotient: none,
        root: none,
        inverse: none,
        at_least: none,
      });
    });

    groupsConformance(() => engine);

    test("refuses unknown columns and columns of the wrong type by name, and stays usable", async () => {
      const of = column("nope");
      await expect(ask({ by: [], values: { a: { fn: "sum", of } } })).rejects.toMatchObject({
        code: "engine/unknown-column",
        message: expect.stringContaining('"nope"'),
      });
      await expect(ask({ by: [], values: { a: { fn: "sum", of: column("city") } } })).rejects.toMatchObject({
        code: "engine/failed",
        message: expect.stringContaining('"city"'),
      });
      expect((await ask({ by: [], values: { n: { fn: "count" } } })).get("[]")).toEqual({ n: 6 });
      expect(() => engine.info("nobody")).toThrow(/nobody/);
    });

    scanConformance(
      () => engine,
      (table, rows) => load(table, rows),
      (table) => address(table),
    );
    widenConformance(() => engine);
    overlapConformance(
      () => engine,
      (table, rows) => load(table, rows),
    );
    longListConformance(
      () => engine,
      (table, rows) => load(table, rows),
    );
    questionConformance(
      () => engine,
      (table, rows) => load(table, rows),
    );

    test("is cancelled by a signal and works again afterwards", async () => {
      const signal = AbortSignal.abort();
      const total = { table: "t", by: [], values: { n: { fn: "count" } } } as const;
      await expect(engine.aggregate([total], signal)).rejects.toMatchObject({ code: "cancelled" });
      await expect(collect(engine.scan("t", ["id"], 2, signal))).rejects.toMatchObject({ code: "cancelled" });
      await expect(engine.overlap("t", "t", ["id"], signal)).rejects.toMatchObject({ code: "cancelled" });
      await expect(engine.widen("w", "t", ["p"], stream(), signal)).rejects.toMatchObject({
        code: "cancelled",
      });
      expect((await engine.aggregate([total])).length).toBe(1);
    });

    test("answers random questions on random tables as a direct reading of them does", async () => {
      const property = fc.asyncProperty(
        anyTable,
        fc.array(fc.oneof({ weight: 3, arbitrary: anyAggregate("r") }, anyListsAggregate("r")), {
          minLength: 1,
          maxLength: 5,
        }),
        async (rows, aggregates) => {
          await load("r", rows);
          const wanted = await MemoryEngine.of({ r: rows }).aggregate(aggregates);
          const actual = await engine.aggregate(aggregates);
          for (const [i, answer] of actual.entries()) {
            const want = wanted[i];
            if (want !== undefined) expectSame(answer.groups, want.groups);
          }
        },
      );
      await fc.assert(property, { numRuns: Number(process.env.MUSTER_RUNS ?? 40) });
    });

    listsConformance(() => ({ engine, load }));
    planConformance(() => ({ engine, load }));

    test("closes more than once, and refuses everything after that", async () => {
      const { engine: other } = await open();
      await other.close();
      await other.close();
      await expect(other.attach("t", "t")).rejects.toMatchObject({
        code: expect.stringMatching(/^engine\//),
      });
    });
  });
}
