import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aucBound, aucInterval } from "./auc-bound.ts";
import {
  averagePrecision,
  averagePrecisionBound,
  averagePrecisionLogitBound,
  averagePrecisionRange,
} from "./average-precision.ts";
import { delongVariance } from "./delong.ts";
import { logitBound } from "./logit-bound.ts";
import { newcombeAucBound } from "./newcombe-auc.ts";
import { normalQuantile } from "./normal.ts";
import { pairedDelong } from "./paired-delong.ts";
import { partialRocAuc } from "./partial-roc-auc.ts";
import { rocAuc, rocAucHalfWidth, type ScoreCells } from "./roc-auc.ts";

type Row = readonly [score: number, positive: boolean];

const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.boolean()), {
  minLength: 4,
  maxLength: 40,
});
const bothClasses = rows.filter(
  (all) =>
    all.filter(([, positive]) => positive).length >= 2 && all.filter(([, positive]) => !positive).length >= 2,
);

function cellsOf(all: readonly Row[], width: number = 1): ScoreCells {
  const keys = Array.from(new Set(all.map(([score]) => Math.floor(score / width)))).sort((a, b) => a - b);
  const count = (key: number, wanted: boolean): number =>
    all.filter(([score, positive]) => Math.floor(score / width) === key && positive === wanted).length;
  return {
    positives: Float64Array.from(keys, (key) => count(key, true)),
    negatives: Float64Array.from(keys, (key) => count(key, false)),
  };
}

function value(found: ReturnType<typeof rocAuc>): number {
  return found.kind === "value" ? found.value : Number.NaN;
}

function split(all: readonly Row[]) {
  const scores = (wanted: boolean) => all.filter(([, own]) => own === wanted).map(([score]) => score);
  return { positives: scores(true), negatives: scores(false) };
}

const beats = (a: number, b: number): number => (a > b ? 1 : a === b ? 0.5 : 0);
const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

describe("ROC AUC", () => {
  test("is the share of pairs that stand right, as counted pair by pair", () => {
    fc.assert(
      fc.property(bothClasses, (all) => {
        const { positives, negatives } = split(all);
        const pairs = positives.flatMap((p) => negatives.map((n) => beats(p, n)));
        expect(value(rocAuc(cellsOf(all)))).toBeCloseTo(mean(pairs), 12);
      }),
    );
  });

  test("of cells lies within its half-width of the exact one", () => {
    fc.assert(
      fc.property(bothClasses, fc.integer({ min: 2, max: 13 }), (all, width) => {
        const exact = value(rocAuc(cellsOf(all)));
        const binned = cellsOf(all, width);
        expect(Math.abs(value(rocAuc(binned)) - exact)).toBeLessThanOrEqual(rocAucHalfWidth(binned) + 1e-12);
      }),
    );
  });

  test("is undefined with one class", () => {
    const none = Float64Array.of(0, 0);
    const some = Float64Array.of(1, 2);
    expect(rocAuc({ positives: none, negatives: some })).toMatchObject({
      because: "there is no positive row",
    });
    expect(rocAuc({ positives: some, negatives: none })).toMatchObject({
      because: "there is no negative row",
    });
  });

  test("up to a false positive rate of 1 is the whole area", () => {
    fc.assert(
      fc.property(bothClasses, (all) => {
        expect(value(partialRocAuc(cellsOf(all), 1))).toBeCloseTo(value(rocAuc(cellsOf(all))), 12);
      }),
    );
  });
});

describe("DeLong's variance", () => {
  test("from cells is that from rows, by its definition", () => {
    fc.assert(
      fc.property(bothClasses, (all) => {
        const { positives, negatives } = split(all);
        const auc = value(rocAuc(cellsOf(all)));
        const v10 = positives.map((p) => mean(negatives.map((n) => beats(p, n))) - auc);
        const v01 = negatives.map((n) => mean(positives.map((p) => beats(p, n))) - auc);
        const spread = (v: readonly number[]): number =>
          v.reduce((sum, one) => sum + one * one, 0) / (v.length - 1) / v.length;
        expect(delongVariance(cellsOf(all), auc)).toBeCloseTo(spread(v10) + spread(v01), 12);
      }),
    );
  });

  test("of a score paired with itself is 0, and with its mirror the largest", () => {
    const scores = Float64Array.of(1, 2, 3, 4, 5, 6);
    const positives = Float64Array.of(0, 1, 0, 1, 0, 1);
    const negatives = positives.map((one) => 1 - one);
    const same = pairedDelong({ a: scores, b: scores, positives, negatives });
    expect(same).toMatchObject({ difference: 0, variance: 0, z: 0, p: 1 });
    const mirror = pairedDelong({ a: scores, b: scores.map((one) => -one), positives, negatives });
    if (same.kind !== "value" || mirror.kind !== "value") throw new Error("undefined");
    expect(mirror.b).toBeCloseTo(1 - mirror.a, 12);
    expect(mirror.variance).toBeGreaterThan(0);
  });
});

describe("the bound of an AUC", () => {
  test("by Newcombe solves its equation", () => {
    const theta = newcombeAucBound(0.9, 30, 70, 0.95, "lower");
    const more = 100 / 2 - 1;
    const inner = 1 + (more * (1 - theta)) / (2 - theta) + (more * theta) / (1 + theta);
    const error = Math.sqrt((theta * (1 - theta) * inner) / (30 * 70));
    expect(0.9 - theta).toBeCloseTo(normalQuantile(0.95) * error, 12);
  });

  test("for few positives is the more careful of two methods, for many the logit one", () => {
    const few = { auc: 0.95, variance: 0.0004, positives: 20, negatives: 180 };
    const logit = logitBound(0.95, 0.02, 0.95, "lower");
    expect(aucBound(few, 0.95, "lower")).toBeLessThan(logit);
    expect(aucBound({ ...few, positives: 200, negatives: 1800 }, 0.95, "lower")).toBe(logit);
    expect(aucBound(few, 0.95, "upper")).toBeGreaterThanOrEqual(logitBound(0.95, 0.02, 0.95, "upper"));
  });

  test("of a perfect ranking of five rows is far from 1", () => {
    const perfect = { auc: 1, variance: 0, positives: 2, negatives: 3 };
    expect(aucBound(perfect, 0.95, "lower")).toBeLessThan(0.6);
    expect(aucInterval(perfect, 0.95)[1]).toBe(1);
  });
});

describe("average precision", () => {
  test("of the rows lies within the range that their cells leave", () => {
    fc.assert(
      fc.property(bothClasses, fc.integer({ min: 2, max: 13 }), (all, width) => {
        const exact = value(averagePrecision(cellsOf(all)));
        const [least, most] = averagePrecisionRange(cellsOf(all, width));
        expect(exact).toBeGreaterThanOrEqual(least - 1e-12);
        expect(exact).toBeLessThanOrEqual(most + 1e-12);
      }),
    );
  });

  test("has a bound below it that nears it with more positives", () => {
    const few = averagePrecisionBound(0.7, 20, 0.95, "lower");
    const many = averagePrecisionBound(0.7, 2000, 0.95, "lower");
    expect(few).toBeLessThan(many);
    expect(many).toBeLessThan(0.7);
    expect(averagePrecisionLogitBound(1, 20, 0.95, "lower")).toBeNaN();
    expect(few).toBeLessThan(averagePrecisionLogitBound(0.7, 20, 0.95, "lower"));
  });
});
