import fc from "fast-check";
import { expect, test } from "vitest";
import { averagePrecision, averagePrecisionVariance } from "./average-precision.ts";
import { delongVariance, worth } from "./delong.ts";
import { partialRocAuc } from "./partial-roc-auc.ts";
import { rocAuc, type ScoreCells } from "./roc-auc.ts";

// The influence of a row is what a little more weight of it does to the statistic: a second way to each variance.

interface Weighed extends ScoreCells {
  readonly squares: ScoreCells;
}

const cells: fc.Arbitrary<Weighed> = fc
  .array(
    fc.record({
      p: fc.array(fc.double({ min: 0.2, max: 3, noNaN: true }), { maxLength: 3 }),
      n: fc.array(fc.double({ min: 0.2, max: 3, noNaN: true }), { maxLength: 3 }),
    }),
    { minLength: 3, maxLength: 9 },
  )
  .map((each) => {
    const sums = (of: (cell: { p: number[]; n: number[] }) => number[], power: number): Float64Array =>
      Float64Array.from(each, (cell) => of(cell).reduce((sum, w) => sum + w ** power, 0));
    return {
      positives: sums(({ p }) => p, 1),
      negatives: sums(({ n }) => n, 1),
      squares: { positives: sums(({ p }) => p, 2), negatives: sums(({ n }) => n, 2) },
    };
  })
  .filter(({ positives, negatives, squares }) => {
    const sum = (of: Float64Array): number => of.reduce((a, b) => a + b, 0);
    return worth(sum(positives), sum(negatives), squares).every((own) => own >= 2.1);
  });

/** The sum of squared slopes of the statistic in the weights of each class, by differences. */
function bySlopes({ positives, negatives, squares }: Weighed, of: (cells: ScoreCells) => number) {
  const slopes = (which: "positives" | "negatives"): number => {
    let sum = 0;
    for (let b = 0; b < positives.length; b++) {
      const moved = (by: number): number => {
        const own = { positives: positives.slice(), negatives: negatives.slice() };
        own[which][b] = (own[which][b] ?? 0) + by;
        return of(own);
      };
      const step = 1e-6;
      // One cell may be empty, so that its weight can only grow.
      const squared = squares[which][b] ?? 0;
      if (squared > 0) sum += squared * ((moved(step) - moved(-step)) / (2 * step)) ** 2;
    }
    return sum;
  };
  return { positives: slopes("positives"), negatives: slopes("negatives") };
}

const value = (found: { kind: string; value?: number }): number => found.value ?? Number.NaN;

/** By the factor with which a variance divides by n - 1. */
function unbiased(own: Weighed, slopes: { positives: number; negatives: number }): number {
  const sum = (of: Float64Array): number => of.reduce((a, b) => a + b, 0);
  const [p, n] = worth(sum(own.positives), sum(own.negatives), own.squares);
  return slopes.positives * (p / (p - 1)) + slopes.negatives * (n / (n - 1));
}

test("of a weighted AUC", () => {
  fc.assert(
    fc.property(cells, (own) => {
      const found = delongVariance(own, value(rocAuc(own)), own.squares);
      expect(found).toBeCloseTo(
        unbiased(
          own,
          bySlopes(own, (at) => value(rocAuc(at))),
        ),
        7,
      );
    }),
  );
});

test("of a weighted average precision", () => {
  fc.assert(
    fc.property(cells, (own) => {
      const slopes = bySlopes(own, (at) => value(averagePrecision(at)));
      const found = averagePrecisionVariance(own, value(averagePrecision(own)), own.squares);
      expect(found).toBeCloseTo(slopes.positives + slopes.negatives, 7);
    }),
  );
});

test("of a part of the ROC curve, whose end moves with the negatives", () => {
  fc.assert(
    fc.property(cells, fc.double({ min: 0.111, max: 0.95, noNaN: true }), (own, maxFpr) => {
      const found = partialRocAuc(own, maxFpr, own.squares);
      if (found.kind !== "value") throw new Error(found.because);
      const slopes = bySlopes(own, (at) => value(partialRocAuc(at, maxFpr)));
      expect(found.variance).toBeCloseTo(unbiased(own, slopes), 6);
    }),
  );
});

test("of a part that is the whole curve is DeLong's", () => {
  fc.assert(
    fc.property(cells, (own) => {
      const found = partialRocAuc(own, 1, own.squares);
      if (found.kind !== "value") throw new Error(found.because);
      expect(found.variance).toBeCloseTo(delongVariance(own, value(rocAuc(own)), own.squares), 10);
    }),
  );
});

test("is unknown with one row of a class, or weights worth no two", () => {
  const one = { positives: Float64Array.of(0, 1), negatives: Float64Array.of(3, 2) };
  expect(partialRocAuc(one, 0.5)).toMatchObject({ variance: Number.NaN });
  expect(delongVariance(one, 0.8)).toBeNaN();
  const heavy = { positives: Float64Array.of(1, 100), negatives: Float64Array.of(3, 2) };
  const squares = { positives: Float64Array.of(1, 10_000), negatives: Float64Array.of(3, 2) };
  expect(delongVariance(heavy, 0.8, squares)).toBeNaN();
});
