import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Aggregate } from "../query/aggregate.ts";
import { column, type Expression } from "../query/expression.ts";
import type { Predicate } from "../query/predicate.ts";
import type { Engine } from "./engine.ts";
import { anyAggregate, anyListsAggregate, anyTable } from "./fixtures/arbitraries.ts";
import { expectSame, groupsByKey } from "./fixtures/compare-groups.ts";
import { cutsConformance } from "./fixtures/cuts-conformance.ts";
import { listsConformance } from "./fixtures/lists-conformance.ts";
import { planConformance } from "./fixtures/plan-conformance.ts";
import { questionConformance } from "./fixtures/question-conformance.ts";
import { collect, smallTable, stream } from "./fixtures/small-table.ts";
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

    test("finds every value of a long list, in the order of its own bytes", async () => {
      const texts = [
        "",
        "A",
        "Z",
        "a",
        "z",
        "é",
        "ü",
        "日本",
        "\u{ffff}",
        "😀",
        "𐀀",
        "o'Fallon\"",
        "Ulm",
        "Bonn",
        "zz",
        "\uE000",
      ];
      const rows = texts.map((text, i) => ({ text, i }));
      await load("long", {
        columns: [
          { name: "text", type: "string" },
          { name: "i", type: "integer" },
        ],
        rows,
      });
      const values = { n: { fn: "count" }, i: { fn: "max", of: column("i") } } as const;
      const listed = [...texts].reverse();
      const [answer] = await engine.aggregate([
        { table: "long", by: [{ kind: "listed", column: "text", values: listed }], values },
      ]);
      const wanted = texts.map((text, i) => [JSON.stringify([text]), { n: 1, i }] as const);
      expect(answer && groupsByKey(answer.groups)).toEqual(new Map(wanted));
    });

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

    test("gives one group without keys and none with keys where no row is left", async () => {
      const where = { kind: "equals", column: "city", value: "Rome" } as const;
      const values = { n: { fn: "count" as const }, top: { fn: "max" as const, of: column("id") } };
      expect(Object.fromEntries(await ask({ by: [], values, where }))).toEqual({
        "[]": { n: 0, top: Number.NaN },
      });
      expect((await ask({ by: [{ kind: "values", column: "late" }], values, where })).size).toBe(0);
    });

    test("answers in the order of the questions, equal ones equally", async () => {
      const total = { table: "t", by: [], values: { n: { fn: "count" } } } as const;
      const byCity = { ...total, by: [{ kind: "values", column: "city" }] } as const;
      const answers = await engine.aggregate([byCity, total, byCity]);
      expect(answers.map((answer) => answer.groups.count)).toEqual([5, 1, 5]);
      expect(await engine.aggregate([])).toEqual([]);
    });

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

    test("scans rows in their order, cut to size, with nulls kept and times as milliseconds", async () => {
      const batches = await collect(engine.scan("t", ["at", "city", "id", "late"], 4));
      expect(batches.map((batch) => batch.rows)).toEqual([4, 2]);
      expect(Array.from(batches[0]?.columns.at ?? [])).toEqual([978325200000, 978328800000, -60000, null]);
      expect(batches[0]?.columns.city).toEqual(["Ulm", "Ulm", null, ""]);
      expect(batches[0]?.columns.id).toEqual(Float64Array.of(1, 2, 3, 4));
      expect(batches[1]?.columns.id).toEqual([null, 6]);
      expect(batches[1]?.columns.late).toEqual([true, false]);
    });

    test("reads columns under other names everywhere, and their digest is of these names, too", async () => {
      await engine.attach("plain", address("t"));
      const rename = new Map([
        ["town", "city"],
        ["id", "score"],
        ["score", "id"],
      ]);
      const info = await engine.attach("renamed", address("t"), undefined, rename);
      expect(info.columns.map(({ name }) => name)).toEqual(["score", "town", "id", "late", "at"]);
      expect(await engine.digest("renamed")).toMatch(/^sha256:[0-9a-f]{64}$/);
      expect(await engine.digest("renamed")).not.toBe(await engine.digest("plain"));
      const where = { kind: "equals", column: "town", value: "Ulm" } as const;
      const values = { n: { fn: "count", where }, top: { fn: "max", of: column("score") } } as const;
      const [answer] = await engine.aggregate([{ table: "renamed", by: [], values }]);
      expect([answer?.groups.values.n?.[0], answer?.groups.values.top?.[0]]).toEqual([2, 6]);
      const [batch] = await collect(engine.scan("renamed", ["town", "score"], 10));
      expect(batch?.columns.town).toEqual(["Ulm", "Ulm", null, "", "Bonn", "o'Fallon\""]);
      expect((await engine.overlap("renamed", "renamed", ["town"])).rows).toBe(5);
      await engine.widen("more", "renamed", ["city"], stream({ city: Float64Array.of(1, 2, 3, 4, 5, 6) }));
      expect(engine.info("more").columns.map(({ name }) => name)).toContain("city");

      const refused = (to: string, from: string): Promise<unknown> =>
        engine.attach("bad", address("t"), undefined, new Map([[to, from]]));
      await expect(refused("x", "nope")).rejects.toMatchObject({
        code: "engine/unknown-column",
        message: expect.stringContaining('"nope"'),
        hint: expect.stringContaining("city"),
      });
      await expect(refused("LATE", "city")).rejects.toMatchObject({ code: "engine/failed" });
      await expect(refused("", "city")).rejects.toMatchObject({ code: "engine/failed" });
      expect(() => engine.info("bad")).toThrow();
    });

    test("scans a list as JSON text, tells an empty one from a missing one, and aggregates none", async () => {
      const rows = [["a", 'é", ]'], [], null, [null, "null"]].map((tags, id) => ({ id, tags }));
      await load("lists", {
        columns: [
          { name: "id", type: "integer" },
          { name: "tags", type: "list" },
        ],
        rows,
      });
      expect(engine.info("lists").columns[1]?.type).toBe("list");
      const [batch] = await collect(engine.scan("lists", ["tags"], 10));
      const read = Array.from(batch?.columns.tags ?? [], (text) =>
        text === null ? null : JSON.parse(String(text)),
      );
      expect(read).toEqual(rows.map(({ tags }) => tags));
      const ask = (by: Aggregate["by"], values: Aggregate["values"]) =>
        engine.aggregate([{ table: "lists", by, values }]);
      const [answer] = await ask([], { n: { fn: "count", where: { kind: "is_missing", column: "tags" } } });
      expect(answer?.groups.values.n?.[0]).toBe(1);
      for (const asked of [
        ask([{ kind: "values", column: "tags" }], {}),
        ask([], { d: { fn: "count_distinct", column: "tags" } }),
        ask([], { n: { fn: "count", where: { kind: "equals", column: "tags", value: "a" } } }),
        ask([], { m: { fn: "max", of: column("tags") } }),
      ]) {
        await expect(asked).rejects.toMatchObject({
          code: "engine/failed",
          message: expect.stringContaining('"tags"'),
          hint: expect.stringContaining("list"),
        });
      }
    });

    test("widens a table by columns in stored order, and the new table answers, scans and widens again", async () => {
      const info = await engine.widen(
        "wide",
        "t",
        ["p"],
        stream({ p: Float64Array.of(1, 2) }, { p: Float64Array.of(3, 4, 5, Number.NaN) }),
      );
      expect(info.columns.map((known) => known.name)).toEqual(["id", "city", "score", "late", "at", "p"]);
      expect(info.rows).toBe(6);
      expect(await engine.digest("wide")).not.toBe(await engine.digest("t"));
      const product = { kind: "product_of", terms: [column("id"), column("p")] } as const;
      const where = { kind: "compare", column: "id", operator: ">", value: 2 } as const;
      const [answer] = await engine.aggregate([
        { table: "wide", by: [], values: { s: { fn: "sum", of: product, where } }, where },
      ]);
      expect(answer?.groups.values.s?.[0]).toBe(3 * 3 + 4 * 4);
      await engine.widen("wider", "wide", ["q"], stream({ q: Float64Array.of(6, 5, 4, 3, 2, 1) }));
      const [batch] = await collect(engine.scan("wider", ["q", "id", "p"], 10));
      expect(batch?.columns.q).toEqual(Float64Array.of(6, 5, 4, 3, 2, 1));
      expect(batch?.columns.p).toEqual(Float64Array.of(1, 2, 3, 4, 5, Number.NaN));
    });

    test("widens a table by texts, missing ones too", async () => {
      const texts = ["a", "", null, "ächt 😀", "'; --", "a"];
      const first = { said: texts.slice(0, 2), n: Float64Array.of(1, 2) };
      const rest = { said: texts.slice(2), n: Float64Array.of(3, 4, 5, 6) };
      const info = await engine.widen("said", "t", [{ text: "said" }, "n"], stream(first, rest));
      expect(info.columns.slice(-2).map(({ name, type }) => [name, type])).toEqual([
        ["said", "string"],
        ["n", "float"],
      ]);
      const [batch] = await collect(engine.scan("said", ["said", "n"], 10));
      expect(batch?.columns.said).toEqual(texts);
      const [answer] = await engine.aggregate([
        { table: "said", by: [{ kind: "values", column: "said" }], values: { rows: { fn: "count" } } },
      ]);
      const counts = new Map(answer?.groups.keys[0]?.map((key, g) => [key, answer.groups.values.rows?.[g]]));
      expect(counts.get("a")).toBe(2);
      expect(counts.get(null)).toBe(1);
      await engine.widen("said again", "t", [{ text: "said" }, "n"], stream(first, rest));
      expect(await engine.digest("said again")).toBe(await engine.digest("said"));
    });

    test("refuses new columns whose rows do not add up, or that are there already", async () => {
      for (const rows of [5, 7]) {
        await expect(
          engine.widen("w", "t", ["p"], stream({ p: new Float64Array(rows) })),
        ).rejects.toMatchObject({ code: "engine/failed" });
      }
      await expect(engine.widen("w", "t", ["ID"], stream({ ID: new Float64Array(6) }))).rejects.toMatchObject(
        { code: "engine/failed" },
      );
      expect(() => engine.info("w")).toThrow();
    });

    test("counts the rows whose whole key stands in the other table; a missing key stands nowhere", async () => {
      await load("other", {
        columns: [
          { name: "id", type: "string" },
          { name: "city", type: "string" },
          { name: "score", type: "float" },
        ],
        rows: [
          { id: "1", city: "Ulm", score: 0 },
          { id: "2", city: "Bonn" },
          { id: null, city: null },
          { id: "1", city: "Ulm", score: 0.25 },
        ],
      });
      expect((await engine.overlap("t", "other", ["id", "city"])).rows).toBe(1);
      expect((await engine.overlap("t", "other", ["city"])).rows).toBe(3);
      expect((await engine.overlap("other", "t", ["city"])).rows).toBe(3);
      expect((await engine.overlap("t", "other", ["score"])).rows).toBe(3);
      await expect(engine.overlap("t", "other", ["late"])).rejects.toMatchObject({
        code: "engine/unknown-column",
      });
    });

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
