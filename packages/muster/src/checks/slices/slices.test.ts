import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { uniforms } from "../../stats/uniforms.ts";
import { type Cells, emptySums, sumAt } from "./cells.ts";
import { confirmSlices } from "./confirm-slices.ts";
import { choices, rollUp } from "./roll-up.ts";
import { searchHalf } from "./search-half.ts";
import type { SliceValues } from "./slice.ts";
import { worse } from "./worse.ts";
import { type UnitGroup, worseByUnits } from "./worse-by-units.ts";

interface Row {
  readonly codes: readonly number[];
  readonly half: 0 | 1;
  readonly group: number;
  readonly bad: number;
}

const attributes: readonly SliceValues[] = ["a", "b", "c"].map((name, a) => ({
  name,
  values: Array.from({ length: a + 3 }, (_, i) => `v${i}`),
}));
const sizes = attributes.map(({ values }) => values.length);

/** Units of so many rows; the badness of rows of one unit is the same. */
function rowsOf(
  units: number,
  each: number,
  next: () => number,
  rate: (codes: readonly number[]) => number,
): readonly Row[] {
  return Array.from({ length: units }, () => {
    const codes = sizes.map((size) => Math.floor(next() * size));
    const unit = { codes, half: next() < 0.5 ? 0 : 1, group: Math.floor(next() * 256) } as const;
    const bad = next() < rate(codes) ? 1 : 0;
    return Array.from({ length: each }, (): Row => ({ ...unit, bad }));
  }).flat();
}

function cellsOf(rows: readonly Row[], chosen: readonly number[]): Cells {
  const halves = [emptySums(rows.length), emptySums(rows.length)] as const;
  rows.forEach(({ half, bad }, i) => {
    halves[half].rows[i] = 1;
    halves[half].bad[i] = bad;
    halves[half].squares[i] = bad * bad;
  });
  const codes = chosen.map((a) => Int32Array.from(rows, (row) => row.codes[a] ?? 0));
  return { count: rows.length, attributes: chosen, codes, halves };
}

function found(rows: readonly Row[], least: number, tables = [cellsOf(rows, [0, 1, 2])]) {
  const candidates = searchHalf({ attributes, tables, of: "rate", most: 3, rows: least });
  const units = candidates.survivors.map((slice): readonly UnitGroup[] => {
    const groups = Array.from({ length: 256 }, () => ({
      slice: { rows: 0, bad: 0 },
      all: { rows: 0, bad: 0 },
    }));
    for (const { half, group, codes, bad } of rows) {
      const own = groups[group];
      if (half === 0 || own === undefined) continue;
      const inside = slice.attributes.every((a, n) => codes[a] === slice.codes[n]);
      for (const sum of inside ? [own.slice, own.all] : [own.all]) {
        sum.rows += 1;
        sum.bad += bad;
      }
    }
    return groups;
  });
  return confirmSlices(candidates, units, attributes, "rate");
}

test("rolling cells up gives what grouping the rows gives, whatever the attributes", () => {
  const row = fc.record({
    codes: fc.tuple(...sizes.map((size) => fc.nat(size - 1))),
    half: fc.constantFrom(0 as const, 1 as const),
    group: fc.constant(0),
    bad: fc.integer({ min: 0, max: 9 }),
  });
  const property = fc.property(
    fc.array(row, { maxLength: 30 }),
    fc.constantFrom(...choices(3, 3)),
    (rows, chosen) => {
      const direct = new Map<string, number[]>();
      for (const { codes, half, bad } of rows) {
        const key = JSON.stringify(chosen.map((a) => codes[a]));
        const sum = direct.get(key) ?? [0, 0, 0, 0, 0, 0];
        [1, bad, bad * bad].forEach((n, i) => {
          sum[half * 3 + i] = (sum[half * 3 + i] ?? 0) + n;
        });
        direct.set(key, sum);
      }
      const cells = rollUp(cellsOf(rows, [0, 1, 2]), chosen, sizes);
      const rolled = Array.from({ length: cells.count }, (_, i): [string, number[]] => [
        JSON.stringify(cells.codes.map((codes) => codes[i])),
        cells.halves.flatMap((half) => Object.values(sumAt(half, i))),
      ]);
      expect(new Map(rolled)).toEqual(direct);
    },
  );
  fc.assert(property);
});

test("every choice of one to three of five attributes, once", () => {
  expect(choices(5, 3).length).toBe(5 + 10 + 10);
  expect(new Set(choices(5, 3).map(String)).size).toBe(25);
});

describe("what is planted is found, what is not there is not", () => {
  const planted = rowsOf(40_000, 1, uniforms(7), ([a, b]) => (a === 1 && b === 2 ? 0.35 : 0.1));

  test("a slice of two attributes is confirmed, and neither its parts nor its children stand beside it", () => {
    const { slices } = found(planted, 100);
    expect(slices[0]?.items).toEqual([
      { attribute: "a", value: "v1" },
      { attribute: "b", value: "v2" },
    ]);
    expect(slices[0]?.confirmed.rate).toBeCloseTo(0.35, 1);
    expect(slices[0]?.p).toBeLessThan(1e-6);
    for (const { items } of slices) expect(items.length).toBeLessThan(3);
  });

  test("tables of the largest choices give the same slices as one table of all attributes", () => {
    const search = { attributes, of: "rate", most: 2, rows: 100 } as const;
    const one = searchHalf({ ...search, tables: [cellsOf(planted, [0, 1, 2])] });
    const pairs = [
      [0, 1],
      [0, 2],
      [1, 2],
    ].map((own) => cellsOf(planted, own));
    expect(one.survivors.length).toBeGreaterThan(0);
    expect(searchHalf({ ...search, tables: pairs })).toEqual(one);
  });

  test.each([1, 8])("under no difference, with %i rows a unit, in 5 % of searches at most", (each) => {
    let alarms = 0;
    for (let seed = 0; seed < 200; seed++) {
      const rows = rowsOf(3000 / each, each, uniforms(seed), () => 0.2);
      if (found(rows, 50).slices.length > 0) alarms += 1;
    }
    // By rows alone 163 searches of units of 8 rows would raise one.
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

  test("whole units: rows that are repeated say nothing new", () => {
    const next = uniforms(3);
    const groups = Array.from({ length: 40 }, (_, i): UnitGroup => {
      const [slice, rest] = [Math.floor(next() * 5), Math.floor(next() * 3)];
      return {
        slice: { rows: i % 2 === 0 ? 10 : 0, bad: i % 2 === 0 ? slice : 0 },
        all: { rows: 20, bad: slice + rest },
      };
    });
    const times =
      (k: number) =>
      ({ rows, bad }: { rows: number; bad: number }) => ({ rows: rows * k, bad: bad * k });
    const repeated = groups.map(({ slice, all }) => ({ slice: times(9)(slice), all: times(9)(all) }));
    expect(worseByUnits(repeated)).toBeCloseTo(worseByUnits(groups) ?? -1, 12);
    expect(worseByUnits(groups.map(({ all }) => ({ slice: { rows: 0, bad: 0 }, all })))).toBeNull();
  });
});
