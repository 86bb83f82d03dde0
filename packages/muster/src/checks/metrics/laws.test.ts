import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectSame } from "./fixtures/expect-same.ts";
import {
  blankRow,
  isOfQueries,
  type LawCase,
  lawCases,
  type Row,
  row,
  tableOf,
} from "./fixtures/law-cases.ts";
import { cellsOf, inputOf, measure, named } from "./fixtures/measuring.ts";
import type { Table } from "./fixtures/table.ts";
import { splitGroups } from "./groups.ts";
import type { MetricColumns, MetricResult } from "./metric.ts";

// Laws that hold for every metric, whatever it measures.

const rows = fc.array(row, { minLength: 1, maxLength: 25 });

/** Whether the metric takes weights at all: those that refuse them say so. */
function takesWeights({ name, columns, params }: LawCase): boolean {
  const metric = named(name);
  const input = inputOf(metric, columns, params);
  return metric.unmet({ ...input, columns: { ...columns, weight: "weight" } }) === null;
}

describe.each(lawCases.filter(takesWeights))("$title with weights", ({ name, columns, params }) => {
  const of = (all: readonly Row[], own: MetricColumns = columns): Promise<MetricResult> =>
    measure(name, own, tableOf(all), params);

  test("counts a row of weight k like k rows", async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (all) => {
        const weighted = await of(all, { ...columns, weight: "weight" });
        const repeated = await of(all.flatMap((one) => Array<Row>(one.weight).fill(one)));
        if (weighted.kind === "value" && repeated.kind === "value") {
          expect(weighted.value).toBeCloseTo(repeated.value, 9);
        } else if (all.length >= 2) {
          expect(weighted.kind).toBe(repeated.kind);
        }
      }),
      { numRuns: 15 },
    );
  });

  test("says with weights of 1 what it says without", async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (all) => {
        const ones = all.map((one) => ({ ...one, weight: 1 }));
        const weighted = await of(ones, { ...columns, weight: "weight" });
        const plain = await of(ones);
        expect(weighted.kind).toBe(plain.kind);
        if (weighted.kind === "value" && plain.kind === "value") {
          expect(weighted.value).toBeCloseTo(plain.value, 12);
        }
      }),
      { numRuns: 15 },
    );
  });
});

describe.each(lawCases)("$title", (one) => {
  const { name, columns, params: given } = one;
  const metric = named(name);
  const of = (all: readonly Row[], own: MetricColumns = columns): Promise<MetricResult> =>
    measure(name, own, tableOf(all), given);

  test("does not depend on the order of rows", async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (all) => expectSame(await of(all.toReversed()), await of(all))),
      { numRuns: 15 },
    );
  });

  test("of a subgroup is the metric of its rows alone, and the whole is its parts together", async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (all) => {
        const input = inputOf(metric, columns, given);
        const answer = await cellsOf(metric, input, [{ kind: "values", column: "group" }], tableOf(all));
        for (const { keys, cells } of splitGroups(answer, 1)) {
          expectSame(metric.finish(input, cells), await of(all.filter((one) => one.group === keys[0])));
        }
        const together = { ...answer, keys: answer.keys.slice(1) };
        expectSame(metric.finish(input, together), await of(all));
      }),
      { numRuns: 15 },
    );
  });

  test("has finite facts, and bounds that hold the value and widen with confidence", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 40, maxLength: 80 }), async (all) => {
        const found = await of(all);
        if (found.kind !== "value") return;
        expect(Object.values(found.facts).every(Number.isFinite)).toBe(true);
        expect(found.value).toBeGreaterThanOrEqual(metric.range[0]);
        expect(found.value).toBeLessThanOrEqual(metric.range[1]);
        const stored = JSON.parse(JSON.stringify(found.facts));
        const ends = [0.8, 0.95, 0.99].map((confidence) => ({
          low: metric.bound(stored, confidence, "lower"),
          high: metric.bound(stored, confidence, "upper"),
        }));
        let [low, high] = [found.value + 1e-9, found.value - 1e-9];
        for (const end of ends) {
          if (end.low.kind === "undefined" || end.high.kind === "undefined") {
            expect(end.low.kind).toBe(end.high.kind);
            continue;
          }
          expect(end.low.value).toBeLessThanOrEqual(low);
          expect(end.high.value).toBeGreaterThanOrEqual(high);
          [low, high] = [end.low.value, end.high.value];
        }
        const shown = metric.interval(stored, 0.9);
        if (shown !== null) {
          expect(shown[0]).toBeLessThanOrEqual(found.value + 1e-9);
          expect(shown[1]).toBeGreaterThanOrEqual(found.value - 1e-9);
        }
      }),
      { numRuns: 15 },
    );
  });
});

describe.each(lawCases.filter(({ name }) => !isOfQueries(name)))("$title", (one) => {
  const { name, columns, params: given, answer: answerColumn } = one;

  test("is undefined without rows, without a label and without a prediction, and says why", async () => {
    expect(await measure(name, columns, tableOf([]), given)).toMatchObject({
      kind: "undefined",
      because: expect.stringContaining("no row has a label"),
    });
    const blank = (column: string): Table => new Map(tableOf([blankRow, blankRow])).set(column, [null, 1]);
    const unlabelled = new Map(tableOf([blankRow]));
    for (const { column } of columns.labels ?? [{ column: columns.label }]) unlabelled.set(column, [null]);
    expect(await measure(name, columns, unlabelled, given)).toMatchObject({
      kind: "undefined",
      because: expect.stringContaining("no row has a label"),
    });
    expect(await measure(name, columns, blank(answerColumn), given)).toMatchObject({
      kind: "undefined",
      because: expect.stringContaining("1 of 2 labelled rows have no prediction to compare with"),
    });
    if (!takesWeights(one)) return;
    expect(await measure(name, { ...columns, weight: "weight" }, blank("weight"), given)).toMatchObject({
      kind: "undefined",
      because: expect.stringContaining("1 of 2 labelled rows have no weight or a negative one"),
    });
  });
});
