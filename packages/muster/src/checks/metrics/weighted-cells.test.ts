import fc from "fast-check";
import { expect, test } from "vitest";
import type { Measure } from "../../query/aggregate.ts";
import { column } from "../../query/expression.ts";
import { bucketCells } from "./weighted-cells.ts";

const of = column("x");
const measures: Readonly<Record<string, Measure>> = {
  rows: { fn: "count" },
  sum: { fn: "sum", of },
  low: { fn: "min", of },
  high: { fn: "max", of },
};

const entry = fc.record({
  bucket: fc.integer({ min: 0, max: 6 }),
  cell: fc.constantFrom(null, 1, 2, 3),
  rows: fc.integer({ min: 0, max: 9 }),
  x: fc.oneof(fc.constant(Number.NaN), fc.integer({ min: -50, max: 50 })),
});

const groupsOf = (entries: readonly { bucket: number; cell: number | null; rows: number; x: number }[]) => ({
  count: entries.length,
  keys: [entries.map((e) => `b${e.bucket}`), entries.map((e) => e.cell)],
  values: {
    rows: Float64Array.from(entries, (e) => e.rows),
    sum: Float64Array.from(entries, (e) => e.x),
    low: Float64Array.from(entries, (e) => e.x),
    high: Float64Array.from(entries, (e) => e.x),
  },
});

test("is what adding up each entry as often as its bucket gives, without any, with each and with many left out", () => {
  const weight = fc.constantFrom(0, 1, 1, 1, 1, 1, 2, 3);
  fc.assert(
    fc.property(
      fc.array(entry, { minLength: 1, maxLength: 40 }),
      fc.array(weight, { minLength: 7, maxLength: 7 }),
      (entries, weights) => {
        const made = bucketCells(groupsOf(entries), measures);
        if (typeof made === "string") throw new Error(made);
        const names = [...new Set(entries.map((e) => `b${e.bucket}`))].sort();
        const given = Float64Array.from(names, (_, i) => weights[i] ?? 1);
        const found = made.weighted(given);
        expect(found.count).toBe(new Set(entries.map((e) => e.cell)).size);
        for (let c = 0; c < found.count; c++) {
          const all = entries
            .filter((e) => e.cell === found.keys[0]?.[c])
            .map((e) => ({ ...e, times: given[names.indexOf(`b${e.bucket}`)] ?? 0 }))
            .filter((e) => e.times > 0);
          const with_ = all.filter((e) => !Number.isNaN(e.x));
          const none = with_.length === 0;
          expect(found.values.rows?.[c]).toBe(all.reduce((sum, e) => sum + e.times * e.rows, 0));
          expect(found.values.sum?.[c]).toBe(
            none ? Number.NaN : with_.reduce((sum, e) => sum + e.times * e.x, 0),
          );
          expect(found.values.low?.[c]).toBe(none ? Number.NaN : Math.min(...with_.map((e) => e.x)));
          expect(found.values.high?.[c]).toBe(none ? Number.NaN : Math.max(...with_.map((e) => e.x)));
        }
      },
    ),
    { numRuns: 500 },
  );
});

test("leaving out one bucket after the other takes hardly longer than adding up all of them", () => {
  const buckets = 256;
  const each = 400;
  const entries = Array.from({ length: buckets * each }, (_, i) => ({
    bucket: Math.floor(i / each),
    cell: i % each,
    rows: 1,
    x: i % 7,
  }));
  const made = bucketCells(groupsOf(entries), { rows: measures.rows ?? { fn: "count" } });
  if (typeof made === "string") throw new Error(made);
  const weights = new Float64Array(buckets).fill(1);
  const started = performance.now();
  for (let b = 0; b < buckets; b++) {
    weights[b] = 0;
    expect(made.weighted(weights).values.rows?.[0]).toBe(buckets - 1);
    weights[b] = 1;
  }
  // Adding up 102,400 entries 256 times would take several seconds.
  expect(performance.now() - started).toBeLessThan(1500);
});
