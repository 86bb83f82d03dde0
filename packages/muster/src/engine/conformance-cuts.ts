import { expect, test } from "vitest";
import { type Aggregate, offLine } from "../query/aggregate.ts";
import { column } from "../query/expression.ts";
import type { Engine } from "./engine.ts";
import { groupsByKey } from "./fixtures/compare-groups.ts";
import type { MemoryTable } from "./memory/memory-engine.ts";

/** What every engine promises of cut points, raw numbers and samples; `t` is the small table. */
export function cutsConformance(
  current: () => Engine,
  load: (table: string, rows: MemoryTable) => Promise<void>,
): void {
  const ask = async (aggregate: Omit<Aggregate, "table">): Promise<ReturnType<typeof groupsByKey>> => {
    const [answer] = await current().aggregate([{ table: "t", ...aggregate }]);
    if (answer === undefined) throw new Error("no answer");
    return groupsByKey(answer.groups);
  };

  test("counts numbers between cut points, and apart from them NaN, the infinities and the missing", async () => {
    const cuts = { kind: "cuts", of: column("score"), cuts: [0, 0.25, 7] } as const;
    const wanted = {
      "[1]": { n: 2 },
      "[2]": { n: 1 },
      [`[${offLine.nan}]`]: { n: 1 },
      [`[${offLine.positiveInfinity}]`]: { n: 1 },
      "[null]": { n: 1 },
    };
    const values = { n: { fn: "count" as const } };
    expect(Object.fromEntries(await ask({ by: [cuts], values }))).toEqual(wanted);
    const perDay = { kind: "cuts", of: { kind: "epoch_ms", column: "at" }, cuts: [0] } as const;
    const length = { kind: "cuts", of: { kind: "text_length", column: "city" }, cuts: [1, 4] } as const;
    const where = { kind: "compare", column: "id", operator: "<", value: 4 } as const;
    expect(Object.fromEntries(await ask({ by: [perDay], values, where }))).toEqual({
      "[0]": { n: 1 },
      "[1]": { n: 2 },
    });
    expect(Object.fromEntries(await ask({ by: [length], values }))).toEqual({
      "[0]": { n: 1 },
      "[1]": { n: 2 },
      "[2]": { n: 2 },
      "[null]": { n: 1 },
    });
    const low = { ...cuts, cuts: [-Number.MAX_VALUE, 1] };
    expect(Object.fromEntries(await ask({ by: [low], values }))).toMatchObject({ "[1]": { n: 3 } });
    await expect(ask({ by: [{ ...cuts, cuts: [1, 1] }], values })).rejects.toMatchObject({
      code: "engine/failed",
    });
  });

  test("lets NaN and infinities through where an expression is raw", async () => {
    const of = { kind: "raw", of: column("score") } as const;
    const values = { min: { fn: "min", of }, max: { fn: "max", of }, sum: { fn: "sum", of } } as const;
    expect((await ask({ by: [], values })).get("[]")).toEqual({
      min: expect.closeTo(0, 15),
      max: Number.NaN,
      sum: Number.NaN,
    });
    const where = { kind: "compare", column: "id", operator: ">", value: 2 } as const;
    expect((await ask({ by: [], values, where })).get("[]")).toMatchObject({
      max: Number.POSITIVE_INFINITY,
      sum: Number.POSITIVE_INFINITY,
    });
  });

  test("samples the same rows each time, spread over the table, and all of a small one", async () => {
    const all = await current().sample("t", ["id", "city"], 10);
    expect(all.rows).toBe(6);
    expect(all.columns.city).toEqual(["Ulm", "Ulm", null, "", "Bonn", "o'Fallon\""]);
    const rows = Array.from({ length: 5000 }, (_, i) => ({ i, x: i / 2 }));
    await load("counted", {
      columns: [
        { name: "i", type: "integer" },
        { name: "x", type: "float" },
      ],
      rows,
    });
    const first = await current().sample("counted", ["x", "i"], 500);
    const numbers = Array.from(first.columns.i ?? [], Number);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(first.rows).toBeGreaterThan(490);
    expect(first.rows).toBeLessThan(510);
    expect(Array.from(first.columns.x ?? [], Number)).toEqual(numbers.map((i) => i / 2));
    for (let part = 0; part < 10; part++) {
      const inside = numbers.filter((i) => i >= part * 500 && i < (part + 1) * 500).length;
      expect(inside).toBeGreaterThan(45);
      expect(inside).toBeLessThan(55);
    }
    expect((await current().sample("counted", ["x", "i"], 500)).columns.i).toEqual(first.columns.i);
    await expect(current().sample("t", ["id"], 0)).rejects.toMatchObject({ code: "engine/failed" });
    await expect(current().sample("t", ["nope"], 5)).rejects.toMatchObject({ code: "engine/unknown-column" });
  });
}
