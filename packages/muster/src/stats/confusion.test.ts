import fc from "fast-check";
import { expect, test } from "vitest";
import { classAverage } from "./class-average.ts";
import { cohenKappa } from "./cohen-kappa.ts";
import { type Margins, marginsOf } from "./confusion.ts";
import { deltaStandardError } from "./confusion-delta.ts";
import { matthewsCorrelation } from "./matthews.ts";

const table = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 9, maxLength: 9 });

function kappaOf(margins: Margins): number {
  let observed = 0;
  let expected = 0;
  for (let k = 0; k < margins.hits.length; k++) {
    observed += (margins.hits[k] ?? 0) / margins.total;
    expected += ((margins.truth[k] ?? 0) * (margins.predicted[k] ?? 0)) / margins.total ** 2;
  }
  return (observed - expected) / (1 - expected);
}

test("the delta method gives kappa the standard error of Fleiss, Cohen and Everitt", () => {
  fc.assert(
    fc.property(table, (counts) => {
      const cells = Float64Array.from(counts);
      const { total } = marginsOf(cells, 3);
      const { standardError } = cohenKappa(cells, 3, "none", total);
      const delta = deltaStandardError(cells, 3, kappaOf, total);
      expect(Math.abs(delta - standardError)).toBeLessThan(1e-6 * standardError);
    }),
  );
});

test("the delta method gives accuracy the standard error of a proportion", () => {
  const cells = Float64Array.of(40, 5, 3, 52);
  const accuracy = (margins: Margins): number =>
    ((margins.hits[0] ?? 0) + (margins.hits[1] ?? 0)) / margins.total;
  expect(deltaStandardError(cells, 2, accuracy, 100)).toBeCloseTo(Math.sqrt((0.92 * 0.08) / 100), 9);
});

test("doubling every cell changes no metric", () => {
  fc.assert(
    fc.property(table, (counts) => {
      const cells = Float64Array.from(counts);
      const twice = cells.map((one) => 2 * one);
      expect(matthewsCorrelation(marginsOf(twice, 3))).toBeCloseTo(
        matthewsCorrelation(marginsOf(cells, 3)),
        12,
      );
    }),
  );
});

test("renaming classes changes no correlation and no average", () => {
  fc.assert(
    fc.property(table, (counts) => {
      const order = [2, 0, 1];
      const cells = Float64Array.from(counts);
      const renamed = Float64Array.from(cells, (_, at) => {
        const [i, j] = [order[Math.floor(at / 3)] ?? 0, order[at % 3] ?? 0];
        return cells[i * 3 + j] ?? 0;
      });
      const both = [marginsOf(cells, 3), marginsOf(renamed, 3)] as const;
      expect(matthewsCorrelation(both[1])).toBeCloseTo(matthewsCorrelation(both[0]), 12);
      for (const average of ["macro", "weighted", "micro"] as const) {
        const [a, b] = both.map((margins) =>
          classAverage({ kind: "fbeta", beta: 2 }, average, margins, [0, 1, 2], "undefined", String),
        );
        if (a?.kind !== "value" || b?.kind !== "value") throw new Error("undefined");
        expect(b.value).toBeCloseTo(a.value, 12);
      }
    }),
  );
});

test("the F1 of a table filled to the corners of its classes is their mean, not the F1 of mean rates", () => {
  const margins = marginsOf(Float64Array.of(8, 2, 0, 10), 2);
  const found = classAverage({ kind: "fbeta", beta: 1 }, "macro", margins, [0, 1], "undefined", String);
  expect(found).toEqual({ kind: "value", value: (16 / 18 + 20 / 22) / 2 });
});

test("an undefined class leaves the mean undefined and says which", () => {
  const margins = marginsOf(Float64Array.of(5, 0, 5, 0), 2);
  const found = classAverage(
    { kind: "precision" },
    "macro",
    margins,
    [0, 1],
    "undefined",
    (k) => `class ${k}`,
  );
  expect(found).toEqual({ kind: "undefined", because: "it is 0/0 for class 1" });
});
