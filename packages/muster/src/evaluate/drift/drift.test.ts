import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MemoryEngine } from "../../engine/memory/memory-engine.ts";
import type { MemoryRow } from "../../engine/memory/memory-table.ts";
import { profileColumns } from "../profile/profile-columns.ts";
import { type Drift, drift } from "./drift.ts";
import { driftBetween } from "./drift-between.ts";
import { predictionShift } from "./prediction-shift.ts";

async function compare(base: readonly MemoryRow[], current: readonly MemoryRow[]): Promise<Drift> {
  const engine = MemoryEngine.of({ base, current });
  const columns = engine.info("base").columns.map(({ name, type }) => ({ name, type }));
  const profiles = await profileColumns(engine, "base", columns);
  return drift(engine, "current", { rows: base.length, columns: profiles });
}

const numbers = (values: readonly (number | null)[]): MemoryRow[] => values.map((x) => ({ x }));
const line = (n: number, from = 0): number[] => Array.from({ length: n }, (_, i) => from + i / n);

describe("drift between two tables", () => {
  test("is the same whether the base is looked at first or both at once, some columns at a time", async () => {
    const rows = (n: number, moved: number): MemoryRow[] =>
      Array.from({ length: n }, (_, i) =>
        Object.fromEntries([
          ...Array.from({ length: 9 }, (_, c) => [
            `x${c}`,
            Math.sin(i * (c + 1)) + (c % 3 === 0 ? moved : 0),
          ]),
          ["place", ["north", "south", null][(i * 7) % 3] ?? null],
          ["only", i],
        ]),
      );
    const base = rows(700, 0);
    const current = rows(500, 0.4).map(({ only: _, ...row }) => row);
    const engine = MemoryEngine.of({ base, current });
    const columns = engine.info("base").columns.map(({ name, type }) => ({ name, type }));
    const both = await driftBetween(engine, ["base", "current"], columns);
    expect(both).toEqual(await compare(base, current));
    expect(both.columns.map(({ column, outcome }) => [column, outcome])).toEqual(
      expect.arrayContaining([
        ["x0", "drifted"],
        ["x1", "steady"],
      ]),
    );
    expect(both.skipped).toEqual([{ column: "only", because: "the current table lacks it" }]);
    await expect(driftBetween(engine, ["base", "nowhere"], columns)).rejects.toMatchObject({
      code: "engine/failed",
    });
    await engine.close();
    await expect(driftBetween(engine, ["base", "current"], columns)).rejects.toMatchObject({
      code: "engine/failed",
    });
  });

  test("has the numbers of the definition, worked out by hand", async () => {
    // Two values with bins of their own: 75 and 25 of 100 rows, then 50 and 50.
    const { columns } = await compare(
      numbers([...Array(75).fill(0), ...Array(25).fill(1)]),
      numbers([...Array(50).fill(0), ...Array(50).fill(1)]),
    );
    const [p, q] = [
      [50.5 / 101, 50.5 / 101],
      [75.5 / 101, 25.5 / 101],
    ] as const;
    const kl = p[0] * Math.log(p[0] / q[0]) + p[1] * Math.log(p[1] / q[1]);
    const back = q[0] * Math.log(q[0] / p[0]) + q[1] * Math.log(q[1] / p[1]);
    expect(columns[0]).toMatchObject({
      bins: [
        { bin: "<= 0", base: 75, current: 50 },
        { bin: "> 0", base: 25, current: 50 },
      ],
      kl: expect.closeTo(kl, 12),
      kl_debiased: expect.closeTo(kl - 0.5 * (1 / 100 + 1 / 100), 12),
      psi: expect.closeTo(kl + back, 12),
      tv: 0.25,
      wasserstein: expect.closeTo(0.25, 12),
      ks: expect.closeTo(0.25, 12),
      // Pearson's chi-squared 40/3 with one degree of freedom (scipy 1.17, chi2.sf).
      p_value: expect.closeTo(0.00026073, 7),
      outcome: "drifted",
      distances_from: "values",
    });
  });

  test("drifts with a shift, is steady without one, and is undecided where rows are short", async () => {
    expect((await compare(numbers(line(2000)), numbers(line(2000, 0.3)))).columns[0]?.outcome).toBe(
      "drifted",
    );
    expect((await compare(numbers(line(2000)), numbers(line(1500)))).columns[0]?.outcome).toBe("steady");
    expect((await compare(numbers(line(2000)), numbers(line(60)))).columns[0]?.outcome).toBe("undecided");
  });

  test("counts a value never seen apart from rare ones, and only where all values are known", async () => {
    const towns = (counts: Readonly<Record<string, number>>): MemoryRow[] =>
      Object.entries(counts).flatMap(([town, n]) => Array.from({ length: n }, () => ({ town })));
    const { columns } = await compare(
      towns({ Ulm: 600, Bonn: 599, "(other)": 300, Trier: 1 }),
      towns({ Ulm: 600, Bonn: 500, "(other)": 300, Trier: 2, Rome: 98 }),
    );
    expect(columns[0]?.bins).toEqual([
      { bin: "Ulm", base: 600, current: 600 },
      { bin: "Bonn", base: 599, current: 500 },
      { bin: '"(other)"', base: 300, current: 300 },
      { bin: "(other)", base: 1, current: 2 },
      { bin: "(unseen)", base: 0, current: 98 },
    ]);
  });

  test("refuses to hold text against numbers, and says so", async () => {
    const { skipped, columns } = await compare(
      numbers(line(200)),
      line(200).map((x) => ({ x: String(x) })),
    );
    expect(columns).toEqual([]);
    expect(skipped).toEqual([{ column: "x", because: "it held numbers in the base and holds text now" }]);
  });

  test("loses no row, and does not depend on the order of rows", async () => {
    const value = fc.option(
      fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(Number.NaN, Infinity, -Infinity, 0.5, 1e300)),
    );
    const list = fc.array(value, { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(list, list, async (base, current) => {
        const typed = (values: readonly (number | null)[]): MemoryRow[] => numbers(values);
        const table = (rows: readonly MemoryRow[]) => ({
          columns: [{ name: "x", type: "float" as const }],
          rows,
        });
        const engine = MemoryEngine.of({
          base: table(typed(base)),
          current: table(typed(current)),
          back: table(typed(current).reverse()),
        });
        const columns = await profileColumns(engine, "base", [{ name: "x", type: "float" }]);
        const against = (name: string) => drift(engine, name, { rows: base.length, columns });
        const [one, two] = [await against("current"), await against("back")];
        expect(two).toEqual(one);
        const bins = one.columns[0]?.bins ?? [];
        expect(bins.reduce((sum, bin) => sum + bin.base, 0)).toBe(base.length);
        expect(bins.reduce((sum, bin) => sum + bin.current, 0)).toBe(current.length);
      }),
    );
  });

  test("a prediction has shifted only beyond the noise of so many rows", async () => {
    const classes = (n: number, late: number): MemoryRow[] =>
      Array.from({ length: n }, (_, i) => ({ late: i < late ? "late" : "on time" }));
    const shift = async (n: number, late: number) => {
      const { columns } = await compare(classes(n, n * 0.2), classes(n, late));
      const [column] = columns;
      if (column === undefined) throw new Error("no column");
      return predictionShift(column, { alpha: 0.001 });
    };
    expect(await shift(5000, 1400)).toMatchObject({ tv: expect.closeTo(0.08, 12), outcome: "shifted" });
    // The mean of |Z| times the deviation of a difference of shares: sqrt(2/pi) sqrt(0.2 0.8 (2/5000)).
    expect((await shift(5000, 1000)).noise).toBeCloseTo(Math.sqrt((2 / Math.PI) * 0.16 * (2 / 5000)), 12);
    expect((await shift(5000, 1010)).outcome).toBe("steady");
    expect((await shift(200, 56)).outcome).toBe("undecided");
  });
});
