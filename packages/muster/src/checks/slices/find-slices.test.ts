import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findSlices } from "./find-slices.ts";
import { choices, coded, rollUp } from "./roll-up.ts";
import { type Leaf, nothing, plus } from "./slice.ts";
import { worse } from "./worse.ts";

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const attributes = ["a", "b", "c"];

function leavesOf(rows: number, next: () => number, rate: (values: readonly string[]) => number): Leaf[] {
  const leaves = new Map<string, Leaf>();
  for (let i = 0; i < rows; i++) {
    const values = attributes.map((_, a) => `v${Math.floor(next() * (a + 3))}`);
    const bad = next() < rate(values) ? 1 : 0;
    const one = { rows: 1, bad, squares: bad };
    const first = next() < 0.5;
    const known = leaves.get(values.join()) ?? { values, halves: [nothing, nothing] as const };
    const [a, b] = known.halves;
    leaves.set(values.join(), { values, halves: first ? [plus(a, one), b] : [a, plus(b, one)] });
  }
  return [...leaves.values()];
}

test("rolling leaves up gives what grouping the rows gives, whatever the attributes", () => {
  const leaf = fc.record({
    values: fc.array(fc.option(fc.constantFrom("x", "y", "z")), { minLength: 3, maxLength: 3 }),
    rows: fc.integer({ min: 1, max: 9 }),
    bad: fc.integer({ min: 0, max: 9 }),
  });
  const property = fc.property(
    fc.array(leaf, { maxLength: 30 }),
    fc.constantFrom(...choices(3, 3)),
    (given, chosen) => {
      const leaves = given.map(
        ({ values, rows, bad }): Leaf => ({
          values,
          halves: [
            { rows, bad, squares: bad },
            { rows: bad, bad: rows, squares: rows },
          ],
        }),
      );
      const table = coded(leaves, 3);
      const direct = new Map<string, number[]>();
      for (const { values, halves } of leaves) {
        const key = JSON.stringify(chosen.map((a) => values[a]));
        const sum = direct.get(key) ?? [0, 0, 0, 0];
        [halves[0].rows, halves[0].bad, halves[1].rows, halves[1].bad].forEach((n, i) => {
          sum[i] = (sum[i] ?? 0) + n;
        });
        direct.set(key, sum);
      }
      const rolled = rollUp(table, chosen).map(({ codes, halves: [a, b] }) => [
        JSON.stringify(codes.map((code, n) => table.values[chosen[n] ?? 0]?.[code])),
        [a.rows, a.bad, b.rows, b.bad],
      ]);
      expect(new Map(rolled as [string, number[]][])).toEqual(direct);
    },
  );
  fc.assert(property);
});

test("every choice of one to three of five attributes, once", () => {
  expect(choices(5, 3).length).toBe(5 + 10 + 10);
  expect(new Set(choices(5, 3).map(String)).size).toBe(25);
});

describe("what is planted is found, what is not there is not", () => {
  test("a slice of two attributes is confirmed, and neither its parts nor its children stand beside it", () => {
    const leaves = leavesOf(40_000, random(7), ([a, b]) => (a === "v1" && b === "v2" ? 0.35 : 0.1));
    const found = findSlices({ attributes, leaves, of: "rate", most: 3, rows: 100 });
    const [worst] = found.slices;
    expect(worst?.items).toEqual([
      { attribute: "a", value: "v1" },
      { attribute: "b", value: "v2" },
    ]);
    expect(worst?.confirmed.rate).toBeCloseTo(0.35, 1);
    expect(worst?.p).toBeLessThan(1e-6);
    for (const { items } of found.slices) expect(items.length).toBeLessThan(3);
  });

  test("under no difference a slice is confirmed in fewer than 5 % of searches", () => {
    let alarms = 0;
    for (let seed = 0; seed < 200; seed++) {
      const leaves = leavesOf(3_000, random(seed), () => 0.2);
      if (findSlices({ attributes, leaves, of: "rate", most: 3, rows: 50 }).slices.length > 0) alarms += 1;
    }
    expect(alarms).toBeLessThanOrEqual(10);
  });
});

describe("the tests of one slice", () => {
  test("two proportions, by hand with scipy's normal tail (30 of 100, 40 of 200)", () => {
    const seen = worse({ rows: 100, bad: 30, squares: 30 }, { rows: 200, bad: 40, squares: 40 }, "rate");
    expect(seen).toMatchObject({ rate: 0.3, elsewhere: 0.2 });
    expect(seen?.p).toBeCloseTo(0.026774416182153416, 6);
  });

  test("Welch's t, as scipy's ttest_ind has it", () => {
    const sums = (values: readonly number[]) => ({
      rows: values.length,
      bad: values.reduce((a, b) => a + b, 0),
      squares: values.reduce((a, b) => a + b * b, 0),
    });
    const seen = worse(sums([3, 5, 4, 7, 6]), sums([1, 2, 2, 3, 1, 4]), "mean");
    expect(seen?.p).toBeCloseTo(0.006034558728429646, 6);
  });

  test("too few rows to say are not tested", () => {
    expect(worse({ rows: 10, bad: 9, squares: 9 }, { rows: 1000, bad: 10, squares: 10 }, "rate")).toBeNull();
    expect(worse({ rows: 1, bad: 1, squares: 1 }, { rows: 10, bad: 5, squares: 5 }, "mean")).toBeNull();
  });
});
