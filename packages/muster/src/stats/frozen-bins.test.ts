import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { binsForRows, frozenBins, joinNeighbours } from "./frozen-bins.ts";
import { nextAbove, nextBelow } from "./next-double.ts";
import { weightedValues } from "./weighted-values.ts";

const bounds = (values: readonly number[], k: number): number[] => {
  const { cuts, bins } = frozenBins(weightedValues(values), k, k);
  return bins.map((at) => cuts[at] ?? Number.NaN);
};
const line = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe("frozen bins", () => {
  test("hold equal shares where values do not repeat", () => {
    expect(bounds(line(100), 10)).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90]);
    expect(bounds(line(4), 2)).toEqual([2]);
  });

  test("are as robust as ranks: one outlier moves no bound", () => {
    expect(bounds([...line(99), 1e12], 10)).toEqual(bounds(line(100), 10));
  });

  test("give a value of more than a k-th of the rows a bin of its own, and collapse what falls together", () => {
    const spiked = [...Array<number>(60).fill(0), ...line(40).map((i) => i + 1)];
    // Four of ten bins are left for the other four tenths.
    expect(bounds(spiked, 10)).toEqual([Number.MIN_VALUE, 11, 21, 31]);
    // What lies between both was never seen.
    expect(bounds([1, 1, 1, 2, 2, 2], 10)).toEqual([nextAbove(1), 2]);
    expect(bounds([5, 5, 5], 10)).toEqual([]);
    expect(bounds([], 10)).toEqual([]);
  });

  test("leave a bin of the reference empty only between two values with bins of their own", () => {
    const values = fc.array(
      fc.oneof(fc.integer({ min: -9, max: 9 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
      {
        minLength: 1,
        maxLength: 200,
      },
    );
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 20 }), (list, k) => {
        const { cuts, bins } = frozenBins(weightedValues(list), k, 4 * k);
        const own = bins.map((at) => cuts[at] ?? Number.NaN);
        for (let i = 1; i < cuts.length; i++) expect(cuts[i]).toBeGreaterThan(cuts[i - 1] ?? 0);
        for (let b = 0; b <= own.length; b++) {
          const [from, to] = [own[b - 1] ?? -Infinity, own[b] ?? Infinity];
          if (list.some((value) => value >= from && value < to)) continue;
          const alone = (of: number): boolean =>
            list.filter((value) => value === of).length > list.length / k;
          expect(alone(nextBelow(from)) && alone(to)).toBe(true);
        }
      }),
    );
  });

  test("are joined to neighbours of about equal mass when the window is small", () => {
    expect(Array.from(joinNeighbours([10, 10, 10, 10], 2))).toEqual([0, 0, 1, 1]);
    expect(Array.from(joinNeighbours([70, 10, 10, 10], 2))).toEqual([0, 1, 1, 1]);
    expect(Array.from(joinNeighbours([10, 10], 5))).toEqual([0, 1]);
    expect([49, 100, 499, 10_000].map((rows) => binsForRows(rows, 10))).toEqual([2, 2, 9, 10]);
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 1 }), fc.integer({ min: 1, max: 9 }), (masses, k) => {
        const groups = Array.from(joinNeighbours(masses, k));
        expect(groups[0]).toBe(0);
        expect(Math.max(...groups)).toBeLessThan(k);
        for (let i = 1; i < groups.length; i++)
          expect([0, 1]).toContain((groups[i] ?? 0) - (groups[i - 1] ?? 0));
      }),
    );
  });

  test("end at neighbouring doubles", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, max: 1e308, min: -1e308 }), (value) => {
        expect(nextAbove(value)).toBeGreaterThan(value);
        expect(nextBelow(nextAbove(value))).toBe(value + 0);
        expect(nextAbove(value) - value).toBeLessThanOrEqual(
          Math.max(Number.MIN_VALUE, Math.abs(value) * 2 ** -52),
        );
      }),
    );
  });
});
