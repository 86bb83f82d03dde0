import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { weightedValues } from "../../../stats/weighted-values.ts";
import { evidently } from "./evidently.ts";
import { deepchecks, giskard } from "./formula-tools.ts";
import { nannyml } from "./nannyml.ts";
import { tfdv } from "./tfdv.ts";
import type { ToolColumn, ToolSide } from "./tool-column.ts";

type Counted = readonly [values: readonly (string | number)[], rows: readonly number[]];

interface Fixture {
  /** The tool and the libraries that it ran with. */
  readonly source: string;
  readonly data: Readonly<
    Record<
      string,
      Readonly<
        Record<string, { readonly integer: boolean; readonly base: Counted; readonly current: Counted }>
      >
    >
  >;
  readonly results: readonly {
    readonly set: string;
    readonly column: string;
    readonly test: string | null;
    readonly chosen?: string;
    readonly value: number;
    readonly drifted?: boolean;
  }[];
  readonly report?: readonly { readonly set: string; readonly column: string; readonly value: number }[];
}

const read = (name: string): Fixture =>
  JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), "utf8"));

function side([values, rows]: Counted): ToolSide {
  return typeof values[0] === "string"
    ? {
        kind: "categories",
        counts: new Map(values.map((value, i) => [String(value), rows[i] ?? 0] as const)),
      }
    : { kind: "numbers", values: weightedValues(values.map(Number), rows) };
}

function columnOf({ data }: Fixture, set: string, name: string): ToolColumn {
  const found = data[set]?.[name];
  if (found === undefined) throw new Error(`no column ${name}`);
  return { integer: found.integer, base: side(found.base), current: side(found.current) };
}

function expectNear(got: number, wanted: number): void {
  expect(Math.abs(got - wanted)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(wanted)));
}

const numbers = (...values: number[]): ToolSide => ({ kind: "numbers", values: weightedValues(values) });
const texts = (counts: Readonly<Record<string, number>>): ToolSide => ({
  kind: "categories",
  counts: new Map(Object.entries(counts)),
});

describe("the other tools' numbers", () => {
  const evidentlyRun = read("evidently");
  test.each(
    evidentlyRun.results.map((one) => [`${one.set} ${one.column} ${one.test ?? "default"}`, one] as const),
  )("Evidently, %s", (_, one) => {
    const said = evidently(columnOf(evidentlyRun, one.set, one.column), one.test ?? undefined);
    expect(said.test).toBe(one.chosen);
    expectNear(said.value, one.value);
    expect(said.drifted).toBe(one.drifted);
  });

  test("Evidently's report prints the same number as its tests do", () => {
    expect(evidentlyRun.report?.length).toBe(18);
    for (const one of evidentlyRun.report ?? []) {
      expectNear(evidently(columnOf(evidentlyRun, one.set, one.column), undefined).value, one.value);
    }
  });

  const nannymlRun = read("nannyml");
  test.each(nannymlRun.results.map((one) => [`${one.set} ${one.column} ${one.test}`, one] as const))(
    "NannyML, %s",
    (_, one) => {
      const said = nannyml(columnOf(nannymlRun, one.set, one.column), one.test ?? undefined);
      expectNear(said.value, one.value);
    },
  );

  test("Deepchecks' formulas: rare categories are pooled, and a hundredth is the least share", () => {
    const column: ToolColumn = {
      integer: false,
      base: texts({ a: 500, b: 495, c: 5 }),
      current: texts({ a: 300, b: 500, d: 200 }),
    };
    // Others: 0.005 and 0.2 become 0.01 and 0.2.
    const wanted =
      (0.5 - 0.3) * Math.log(0.5 / 0.3) +
      (0.495 - 0.5) * Math.log(0.495 / 0.5) +
      (0.01 - 0.2) * Math.log(0.01 / 0.2);
    expect(deepchecks(column, "psi")).toEqual({
      test: "psi",
      value: expect.closeTo(wanted, 12),
      threshold: 0.2,
      drifted: true,
    });
    expect(
      deepchecks({ integer: false, base: numbers(1, 2, 3), current: numbers(1, 2, 9) }).value,
    ).toBeCloseTo(1 / 3, 12);
  });

  test("Giskard's formulas: twenty categories, a floor of 0.0001, and identical data passes", () => {
    const same = { integer: false, base: texts({ a: 5, b: 5 }), current: texts({ a: 5, b: 5 }) };
    expect(giskard(same, "chi_square")).toMatchObject({ value: 1, drifted: false });
    const fresh = { integer: false, base: texts({ a: 100 }), current: texts({ a: 80, b: 20 }) };
    const wanted = (0.8 - 1) * Math.log(0.8) + (0.2 - 0.0001) * Math.log(0.2 / 0.0001);
    expect(giskard(fresh)).toMatchObject({ test: "psi", value: expect.closeTo(wanted, 12), drifted: true });
    expect(
      giskard({ integer: false, base: numbers(0, 10), current: numbers(5, 10) }, "emd").value,
    ).toBeCloseTo(0.25, 12);
  });

  test("TFDV's formulas: the buckets of both sides are joined at all edges", () => {
    const line = (from: number, to: number): ToolSide =>
      numbers(...Array.from({ length: 100 }, (_, i) => from + ((i + 0.5) / 100) * (to - from)));
    const value = tfdv({ integer: false, base: line(0, 10), current: line(10, 20) }).value;
    expect(value).toBeCloseTo(1, 9);
    expect(tfdv({ integer: false, base: line(0, 10), current: line(0, 10) }).value).toBeCloseTo(0, 12);
    const infinity = tfdv(
      { integer: false, base: texts({ a: 1, b: 1 }), current: texts({ a: 1 }) },
      "infinity_norm",
    );
    expect(infinity).toEqual({ test: "infinity_norm", value: 0.5, threshold: null, drifted: null });
  });
});
