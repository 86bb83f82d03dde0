import { expect, test } from "vitest";
import { searchHalf } from "../checks/slices/search-half.ts";
import { MemoryEngine } from "../engine/memory/memory-engine.ts";
import type { MemoryRow } from "../engine/memory/memory-table.ts";
import { readSliceTables, type SlicesWanted, searchSlices } from "./search-slices.ts";
import { leafFits, occurring } from "./slice-leaf.ts";
import { coder, hasValue } from "./slice-place.ts";

/** Two thousand units of four rows; wrong on one row in ten, and on half of the rows of Ulm beyond 60 km. */
const rows: readonly MemoryRow[] = Array.from({ length: 8000 }, (_, i) => {
  const city = ["Ulm", "Bonn", "Kiel", null][(i >> 1) % 4] ?? null;
  const distance = (i * 37) % 101;
  const wrong = city === "Ulm" && distance > 60 ? i % 2 === 0 : (i * 7) % 10 === 0;
  const label = i % 3 === 0 ? 1 : 0;
  return {
    unit: `u${i >> 2}`,
    city,
    distance,
    label,
    said: wrong ? 1 - label : label,
    minutes: wrong ? 9 : 1,
  };
});

const wanted: SlicesWanted = {
  metric: "accuracy",
  columns: { table: "t", label: "label", prediction: "said", positive: 1 },
  unit: "unit",
  seed: 1,
  attributes: ["city", "distance"],
  most: 2,
  rows: 50,
  values: 20,
};

test("reads attributes as values and bins, and confirms the slice that is planted", async () => {
  const found = await searchSlices(MemoryEngine.of({ t: rows }), wanted);
  expect(found.attributes.map(({ name, dimension }) => [name, dimension.kind])).toEqual([
    ["city", "listed"],
    ["distance", "bins"],
  ]);
  // Ulm as a whole and long distances as a whole are worse as well, as these rows are among their own.
  const worst = found.slices.find(({ items }) => items.length === 2);
  expect(worst?.items).toContainEqual({ attribute: "city", value: "Ulm" });
  for (const { items } of found.slices) {
    expect(items.some(({ value }) => value === "Ulm" || /^\[(60|61|80|81),/.test(value ?? ""))).toBe(true);
  }
  expect(worst?.confirmed.rate).toBeGreaterThan(0.4);
  expect(worst?.confirmed.elsewhere).toBeLessThan(0.2);
  expect(await searchSlices(MemoryEngine.of({ t: rows }), wanted)).toEqual(found);
});

test("searches by an error as well, and by no metric whose columns are not there", async () => {
  const engine = MemoryEngine.of({ t: rows.map((row) => ({ ...row, truth: 0 })) });
  const columns = { table: "t", label: "truth", prediction: "minutes" };
  const found = await searchSlices(engine, { ...wanted, metric: "mean_absolute_error", columns });
  expect(found.of).toBe("mean");
  expect(found.slices[0]?.items).toContainEqual({ attribute: "city", value: "Ulm" });
  for (const metric of ["log_loss", "recall", "roc_auc"]) {
    await expect(searchSlices(engine, { ...wanted, metric, columns })).rejects.toMatchObject({
      code: "call/bad-argument",
    });
  }
});

test("accuracy of several classes counts every mix-up as wrong, whichever class is the positive one", async () => {
  const next = new Map([
    ["cat", "dog"],
    ["dog", "owl"],
    ["owl", "cat"],
  ]);
  const animals = rows.map((row, i) => {
    const label = ["cat", "dog", "owl"][i % 3] ?? "cat";
    return { ...row, animal: label, guess: row.said === row.label ? label : (next.get(label) ?? "") };
  });
  const columns = { table: "t", label: "animal", prediction: "guess", positive: "cat" };
  const found = await searchSlices(MemoryEngine.of({ t: animals }), { ...wanted, columns });
  expect(found.slices).toEqual((await searchSlices(MemoryEngine.of({ t: rows }), wanted)).slices);
  expect(found.slices.length).toBeGreaterThan(0);
  const numbers = { ...wanted, columns: { ...columns, label: "unit" } };
  await expect(searchSlices(MemoryEngine.of({ t: animals }), numbers)).rejects.toThrow(/are no classes/);
});

test("rows of no unit belong to no half, and are told", async () => {
  const some = rows.map((row, i) => (i < 80 ? { ...row, unit: null } : row));
  expect((await searchSlices(MemoryEngine.of({ t: some }), wanted)).withoutUnit).toBe(80);
});

const four: SlicesWanted = { ...wanted, attributes: ["city", "distance", "minutes", "group"] };

test("all attributes at once and each choice of two by itself give the same slices, and so does grouping the rows", async () => {
  const engine = MemoryEngine.of({
    t: rows.map((row, i) => ({ ...row, group: ["a", "b", "c"][i % 3] ?? "" })),
  });
  const found = [];
  for (const way of ["leaf", "choices"] as const) {
    const { attributes, tables, badness } = await readSliceTables(engine, four, undefined, way);
    expect(tables.length).toBe(way === "leaf" ? 1 : 6);
    found.push(searchHalf({ attributes, tables, of: badness.of, most: 2, rows: 50 }));
  }
  expect(found[0]?.survivors.length).toBeGreaterThan(0);
  expect(found[1]).toEqual(found[0]);
  const [whole] = found[0]?.whole ?? [];
  expect((whole?.rows ?? 0) + (found[0]?.whole[1].rows ?? 0)).toBe(rows.length);
});

test("the rows of a value are those that its dimension groups", async () => {
  const odd: readonly MemoryRow[] = [null, Number.NaN, -5, 0, 10, 19.5, 20, 30, 31].flatMap((kg) =>
    ["x", "y", "(other)", null].map((city) => ({ kg, city })),
  );
  const engine = MemoryEngine.of({ t: odd });
  const bins = { kind: "bins", column: "kg", edges: [0, 10, 20, 30] } as const;
  const listed = { kind: "listed", column: "city", values: ["x"] } as const;
  for (const attribute of [
    {
      name: "kg",
      dimension: bins,
      whole: false,
      values: ["[0, 10)", "[10, 20)", "[20, 30]", "(other)", null],
    },
    { name: "city", dimension: listed, whole: false, values: ["x", "(other)", null] },
  ]) {
    const n = { fn: "count" } as const;
    const [grouped, ...each] = await engine.aggregate([
      { table: "t", by: [attribute.dimension], values: { n } },
      ...attribute.values.map((_, code) => ({
        table: "t",
        by: [],
        values: { n: { ...n, where: hasValue(attribute, code, attribute.values) } },
      })),
    ]);
    const keys = grouped?.groups.keys[0] ?? [];
    const code = coder(attribute);
    attribute.values.forEach((value, i) => {
      const count = grouped?.groups.values.n?.[keys.indexOf(value)];
      expect(each[i]?.groups.values.n?.[0]).toBe(count);
      expect(odd.filter((row) => code(row[attribute.name]) === i).length).toBe(count);
    });
  }
});

test("how many groups occur is estimated from a sample, and decides how they are read", () => {
  const attribute = (name: string) => {
    const values = Array.from({ length: 200 }, (_, i) => String(i));
    const dimension = { kind: "listed", column: name, values } as const;
    return { name, dimension, values: [...values, "(other)", null], whole: false };
  };
  const both = [attribute("a"), attribute("b")];
  const sample = (of: (i: number) => readonly [number, number]) => {
    const pairs = Array.from({ length: 2000 }, (_, i) => of(i));
    return { rows: 2000, columns: { a: pairs.map(([a]) => String(a)), b: pairs.map(([, b]) => String(b)) } };
  };
  // One follows from the other: 200 groups of 40,804 possible ones.
  const bound = sample((i) => [i % 200, (i * 7) % 200]);
  expect(occurring(both, bound)).toBe(200);
  expect(leafFits(both, bound, 10_000)).toBe(true);
  const free = sample((i) => [(i * 7919) % 200, Math.floor(i / 200) * 17 + (i % 13)]);
  expect(leafFits(both, free, 4_000)).toBe(false);
  expect(leafFits(both, free, 1_000_000)).toBe(true);
});

test("refuses what is no attribute, and too many groups", async () => {
  const engine = MemoryEngine.of({ t: rows.map((row) => ({ ...row, at: new Date(0) })) });
  for (const attributes of [["at"], ["nowhere"], []]) {
    await expect(searchSlices(engine, { ...wanted, attributes })).rejects.toMatchObject({
      code: "call/bad-argument",
    });
  }
});
