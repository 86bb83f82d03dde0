import { expect, test } from "vitest";
import { MemoryEngine, type MemoryRow } from "../engine/memory/memory-engine.ts";
import { type SlicesWanted, searchSlices } from "./search-slices.ts";

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

test("rows of no unit belong to no half, and are told", async () => {
  const some = rows.map((row, i) => (i < 80 ? { ...row, unit: null } : row));
  expect((await searchSlices(MemoryEngine.of({ t: some }), wanted)).withoutUnit).toBe(80);
});
