import fc from "fast-check";
import { expect, test } from "vitest";
import type { Groups } from "../../query/aggregate.ts";
import { type Key, splitGroups } from "./groups.ts";

function groupsOf(rows: readonly (readonly [a: Key, b: Key, score: number, count: number])[]): Groups {
  return {
    count: rows.length,
    keys: [rows.map((row) => row[0]), rows.map((row) => row[1]), rows.map((row) => row[2])],
    values: { rows: Float64Array.from(rows, (row) => row[3]) },
  };
}

test("without keys it is one part, also when there is nothing in it", () => {
  const empty: Groups = { count: 0, keys: [[]], values: { rows: new Float64Array() } };
  expect(splitGroups(empty, 0)).toEqual([{ keys: [], cells: empty }]);
  expect(splitGroups(empty, 1)).toEqual([]);
});

test("parts come by key: numbers by size, then text, then missing", () => {
  const parts = splitGroups(
    groupsOf([
      ["b", "x", 1, 1],
      [null, "x", 1, 2],
      [10, "x", 1, 3],
      ["a", "y", 1, 4],
      [9, "x", 1, 5],
      ["a", "x", 2, 6],
      ["a", "x", 1, 7],
    ]),
    2,
  );
  expect(parts.map((part) => part.keys)).toEqual([
    [9, "x"],
    [10, "x"],
    ["a", "x"],
    ["a", "y"],
    ["b", "x"],
    [null, "x"],
  ]);
  expect(parts[2]?.cells).toEqual({ count: 2, keys: [[2, 1]], values: { rows: Float64Array.of(6, 7) } });
});

test("a missing key and the text null are different groups, as are 1 and its text", () => {
  const rows = groupsOf([
    [null, "x", 1, 1],
    ["null", "x", 1, 1],
    [1, "x", 1, 1],
    ["1", "x", 1, 1],
  ]);
  expect(splitGroups(rows, 1)).toHaveLength(4);
});

test("every cell lands in the part of its keys, whatever the order", () => {
  const key = fc.oneof(fc.constantFrom("a", "b", "__proto__", "constructor"), fc.constant(null), fc.nat(3));
  const row = fc.tuple(key, key, fc.nat(5), fc.integer({ min: 1, max: 9 }));
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), fc.integer({ min: 1, max: 3 }), (rows, depth) => {
      const parts = splitGroups(groupsOf(rows), depth);
      const listed = (all: readonly (readonly unknown[])[]): string[] =>
        all.map((one) => JSON.stringify(one)).sort();
      const joined = parts.flatMap(({ keys, cells }) =>
        Array.from({ length: cells.count }, (_, g) => [
          ...keys,
          ...cells.keys.map((column) => column[g]),
          cells.values.rows?.[g],
        ]),
      );
      expect(listed(joined)).toEqual(listed(rows));
      const names = parts.map((part) => JSON.stringify(part.keys));
      expect(new Set(names).size).toBe(names.length);
      const reversed = splitGroups(groupsOf(rows.toReversed()), depth);
      expect(reversed.map((part) => part.keys)).toEqual(parts.map((part) => part.keys));
    }),
  );
});

test("three hundred thousand cells are split in seconds even on a busy machine", () => {
  const count = 300_000;
  const groups: Groups = {
    count,
    keys: [
      Array.from({ length: count }, (_, g) => `group ${g % 500}`),
      Array.from({ length: count }, (_, g) => Math.floor(g / 500)),
    ],
    values: { positives: new Float64Array(count).fill(1), negatives: new Float64Array(count).fill(2) },
  };
  const started = performance.now();
  const parts = splitGroups(groups, 1);
  expect(performance.now() - started).toBeLessThan(5000);
  expect(parts).toHaveLength(500);
  expect(parts[0]?.cells.count).toBe(600);
});
