import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { binomialDraw } from "./binomial-draw.ts";
import { calibrationCurve, reliabilityBins } from "./calibration-curve.ts";
import { calibrationNoise } from "./calibration-noise.ts";
import { coxCalibration } from "./cox-calibration.ts";
import { groupDisparity, simpsonReversal } from "./group-disparity.ts";
import { isotonicRegression } from "./isotonic-regression.ts";
import { murphy } from "./murphy.ts";
import { naiveScale } from "./naive-scale.ts";
import { kendallTauB, spearman } from "./rank-correlation.ts";
import { detCurve, precisionRecallCurve, rocCurve, scoreCells } from "./score-curves.ts";
import { spiegelhalterZ } from "./spiegelhalter.ts";
import { topRows } from "./top-share.ts";
import { uniforms } from "./uniforms.ts";
import { weightedQuantile } from "./weighted-quantile.ts";

const small = fc.integer({ min: 0, max: 5 });
const points = fc.array(fc.record({ x: small, y: small, weight: fc.integer({ min: 1, max: 3 }) }), {
  minLength: 2,
  maxLength: 20,
});

describe("rank correlation", () => {
  /** Every pair of rows compared with every other. */
  function brute(rows: readonly { readonly x: number; readonly y: number }[]): number {
    let [surplus, xs, ys] = [0, 0, 0];
    for (const [i, a] of rows.entries()) {
      for (const b of rows.slice(i + 1)) {
        surplus += Math.sign(a.x - b.x) * Math.sign(a.y - b.y);
        xs += a.x === b.x ? 0 : 1;
        ys += a.y === b.y ? 0 : 1;
      }
    }
    return surplus / Math.sqrt(xs * ys);
  }

  test("by Kendall is what all pairs of rows say, a weight counting as rows", () => {
    fc.assert(
      fc.property(points, (cells) => {
        const found = kendallTauB({
          x: cells.map(({ x }) => x),
          y: cells.map(({ y }) => y),
          weights: cells.map(({ weight }) => weight),
        });
        const wanted = brute(cells.flatMap((cell) => Array(cell.weight).fill(cell)));
        if (found.kind === "value") expect(found.value).toBeCloseTo(wanted, 12);
        else expect(wanted).toBeNaN();
      }),
    );
  });

  test("by Spearman does not change when numbers are stretched in order, and turns with them", () => {
    fc.assert(
      fc.property(points, (cells) => {
        const of = (map: (y: number) => number) =>
          spearman({
            x: cells.map(({ x }) => x),
            y: cells.map(({ y }) => map(y)),
            weights: cells.map(({ weight }) => weight),
          });
        const [plain, stretched, turned] = [of((y) => y), of((y) => y ** 3), of((y) => -y)];
        expect(stretched).toEqual(plain);
        if (plain.kind === "value" && turned.kind === "value") {
          expect(turned.value).toBeCloseTo(-plain.value, 12);
        }
      }),
    );
  });
});

describe("a weighted quantile", () => {
  const methods = ["averaged_inverted_cdf", "inverted_cdf", "linear"] as const;

  test("is that of repeated rows, lies among the values and grows with the share", () => {
    fc.assert(
      fc.property(
        points,
        fc.constantFrom(...methods),
        fc.integer({ min: 0, max: 16 }),
        (cells, method, q) => {
          const sorted = cells.toSorted((a, b) => a.x - b.x);
          const values = sorted.map(({ x }) => x);
          const weights = sorted.map(({ weight }) => weight);
          const repeated = sorted.flatMap(({ x, weight }) => Array<number>(weight).fill(x));
          const ones = repeated.map(() => 1);
          const found = weightedQuantile(values, weights, q / 16, method);
          expect(found).toBeCloseTo(weightedQuantile(repeated, ones, q / 16, method), 12);
          expect(found).toBeGreaterThanOrEqual(Math.min(...values));
          expect(found).toBeLessThanOrEqual(
            weightedQuantile(values, weights, Math.min(1, (q + 1) / 16), method),
          );
        },
      ),
    );
  });

  test("of a half is the median, and of nothing NaN", () => {
    expect(weightedQuantile([1, 2, 3, 4], [1, 1, 1, 1], 0.5, "averaged_inverted_cdf")).toBe(2.5);
    expect(weightedQuantile([1, 2, 3, 4], [1, 1, 1, 1], 0.5, "inverted_cdf")).toBe(2);
    expect(weightedQuantile([1, 2, 4], [1, 0, 1], 0.5, "averaged_inverted_cdf")).toBe(2.5);
    expect(weightedQuantile([1], [0], 0.5, "linear")).toBeNaN();
  });
});

describe("isotonic regression", () => {
  test("rises, keeps the weighted mean, and no other rising line of the same values is nearer", () => {
    fc.assert(
      fc.property(points, (cells) => {
        const y = cells.map((cell) => cell.y);
        const weights = cells.map(({ weight }) => weight);
        const fitted = isotonicRegression(y, weights);
        const mean = (of: ArrayLike<number>) =>
          weights.reduce((sum, w, i) => sum + w * (of[i] ?? Number.NaN), 0);
        for (let i = 1; i < fitted.length; i++) {
          expect(fitted[i]).toBeGreaterThanOrEqual((fitted[i - 1] ?? 0) - 1e-12);
        }
        expect(mean(fitted)).toBeCloseTo(mean(y), 9);
        const off = (of: ArrayLike<number>) => mean(y.map((one, i) => (one - (of[i] ?? 0)) ** 2));
        // Rising lines near the fitted one: all of it shifted, or its upper part raised.
        for (const at of fitted.keys()) {
          for (const step of [-0.01, 0.01]) {
            const moved = fitted.map((one, i) => ((step > 0 ? i >= at : i <= at) ? one + step : one));
            expect(off(moved)).toBeGreaterThanOrEqual(off(fitted) - 1e-9);
          }
        }
      }),
    );
  });
});

describe("curves", () => {
  test("have one point for each distinct score, so that ties cannot be parted", () => {
    const cells = scoreCells([1, 0, 1, 0], [0.5, 0.5, 0.5, 0.1]);
    expect(rocCurve(cells)).toEqual({
      fpr: [0, 0.5, 1],
      tpr: [0, 1, 1],
      thresholds: [Number.POSITIVE_INFINITY, 0.5, 0.1],
    });
    expect(precisionRecallCurve(cells).thresholds).toEqual([0.1, 0.5]);
    expect(detCurve(cells)).toEqual({ fpr: [0.5], fnr: [0], thresholds: [0.5] });
  });

  test("of calibration leave empty bins out and hold every row once", () => {
    const cells = scoreCells([0, 1, 1], [0, 0.05, 1], [1, 2, 3]);
    expect(calibrationCurve(cells, 5, "uniform")).toEqual({ prob_true: [2 / 3, 1], prob_pred: [0.1 / 3, 1] });
    const rows = reliabilityBins(cells, 4, "quantile").reduce((sum, bin) => sum + bin.rows, 0);
    expect(rows).toBe(6);
  });
});

test("the highest rows share the positives of a tie at the cut: the mean over all orders", () => {
  const cells = scoreCells([1, 0, 0, 1, 0], [0.9, 0.5, 0.5, 0.5, 0.1]);
  expect(topRows(cells, 1)).toEqual({ positives: 1, rows: 1 });
  expect(topRows(cells, 2).positives).toBeCloseTo(1 + 1 / 3, 12);
  expect(topRows(cells, 99)).toEqual({ positives: 2, rows: 5 });
});

describe("draws", () => {
  test("are the same for the same seed and uniform enough", () => {
    const [a, b] = [uniforms(7), uniforms(7)];
    const drawn = Array.from({ length: 2000 }, () => a());
    expect(drawn).toEqual(Array.from({ length: 2000 }, () => b()));
    expect(drawn.reduce((sum, one) => sum + one, 0) / 2000).toBeCloseTo(0.5, 1);
  });

  test.each([
    [20, 0.3],
    [50, 0.9],
    [3, 0.5],
    [5000, 0.2],
  ])("of %i trials at %f have the binomial's mean and variance", (n, p) => {
    const random = uniforms(11);
    const drawn = Array.from({ length: 4000 }, () => binomialDraw(n, p, random));
    const mean = drawn.reduce((sum, one) => sum + one, 0) / drawn.length;
    const variance = drawn.reduce((sum, one) => sum + (one - mean) ** 2, 0) / drawn.length;
    const spread = n * p * (1 - p);
    expect(Math.abs(mean - n * p)).toBeLessThan(4 * Math.sqrt(spread / drawn.length));
    expect(Math.abs(variance / spread - 1)).toBeLessThan(0.1);
    expect(drawn.every((one) => Number.isInteger(one) && one >= 0 && one <= n)).toBe(true);
  });
});

describe("calibration", () => {
  /** Labels drawn by the scores themselves, or by their squares. */
  function sample(seed: number, rows: number, rate: (p: number) => number) {
    const random = uniforms(seed);
    const scores = Array.from({ length: rows }, () => Math.round(random() * 100) / 100);
    return scoreCells(
      scores.map((p) => (random() < rate(p) ? 1 : 0)),
      scores,
    );
  }
  const bins = { count: 10, strategy: "quantile", norm: "l1" } as const;

  test("of calibrated scores has a small p-value as seldom as it says, and about no error above the floor", () => {
    let rejected = 0;
    let above = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const found = calibrationNoise(
        sample(seed, 300, (p) => p),
        bins,
        200,
        seed,
      );
      if (found.kind !== "value") throw new Error(found.because);
      if (found.p <= 0.1) rejected++;
      above += found.error - found.floor;
    }
    // 20 of 200 are expected, with a standard deviation of 4.2.
    expect(rejected).toBeLessThanOrEqual(33);
    expect(Math.abs(above / 200)).toBeLessThan(0.005);
  });

  test("of scores that are off is told apart from chance", () => {
    const cells = sample(3, 3000, (p) => p * p);
    const found = calibrationNoise(cells, bins, 500, 1);
    expect(found).toMatchObject({ kind: "value", p: 1 / 501 });
    const slope = coxCalibration(cells, "slope");
    if (slope.kind !== "value") throw new Error(slope.because);
    expect(slope.value).toBeGreaterThan(1.05);
    // Its statistic sees scores that are too bold, and is blind to a shift that is even around one half.
    const z = spiegelhalterZ(sample(3, 3000, (p) => 0.25 + p / 2));
    if (z.kind !== "value") throw new Error(z.because);
    expect(z.value).toBeGreaterThan(3);
  });

  test("has no line through scores that tell the classes apart, and none through one score", () => {
    expect(coxCalibration(scoreCells([0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9]), "slope").kind).toBe("undefined");
    expect(coxCalibration(scoreCells([0, 1], [0.5, 0.5]), "slope").kind).toBe("undefined");
    expect(spiegelhalterZ(scoreCells([0, 1], [0, 1])).kind).toBe("undefined");
  });

  test("is a line of the greatest likelihood, also where a score of 0 or 1 is wrong", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ p: fc.integer({ min: 0, max: 17 }), y: fc.integer({ min: 0, max: 1 }) }), {
          minLength: 60,
          maxLength: 120,
        }),
        (rows) => {
          fc.pre(rows.some(({ p, y }) => p === 0 && y === 1) && rows.some(({ p, y }) => p === 17 && y === 0));
          const scores = rows.map(({ p }) => p / 17);
          const truth = rows.map(({ y }) => y);
          const found = coxCalibration(scoreCells(truth, scores), "slope");
          if (found.kind !== "value") throw new Error(found.because);
          const x = scores.map((p) => {
            const inside = Math.min(1 - 1e-12, Math.max(1e-12, p));
            return Math.log(inside / (1 - inside));
          });
          // With the slope held, the best intercept by bisection; then the slope's own gradient is 0, too.
          const residuals = (a: number): number[] =>
            x.map((at, i) => (truth[i] ?? 0) - 1 / (1 + Math.exp(-(a + found.value * at))));
          let [low, high] = [-100, 100];
          for (let i = 0; i < 100; i++) {
            const middle = (low + high) / 2;
            if (residuals(middle).reduce((sum, one) => sum + one, 0) > 0) low = middle;
            else high = middle;
          }
          const gradient = residuals(low).reduce((sum, one, i) => sum + one * (x[i] ?? 0), 0);
          expect(Math.abs(gradient)).toBeLessThan(1e-6);
        },
      ),
      { numRuns: 50 },
    );
  });

  test("in parts adds up to the Brier score where each bin has one score", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ p: fc.integer({ min: 0, max: 10 }), y: fc.integer({ min: 0, max: 1 }) }), {
          minLength: 1,
          maxLength: 30,
        }),
        (rows) => {
          const scores = rows.map(({ p }) => p / 10);
          const cells = scoreCells(
            rows.map(({ y }) => y),
            scores,
          );
          const single = Array.from(cells.scores, (score, b) => {
            const positives = cells.positives[b] ?? 0;
            const size = positives + (cells.negatives[b] ?? 0);
            return { rows: size, scores: size * score, right: positives };
          });
          const { reliability, resolution, uncertainty } = murphy(single);
          const brier = rows.reduce((sum, { p, y }) => sum + (p / 10 - y) ** 2, 0) / rows.length;
          expect(reliability - resolution + uncertainty).toBeCloseTo(brier, 12);
        },
      ),
    );
  });
});

describe("groups", () => {
  test("without a value are counted, never taken for 0", () => {
    expect(groupDisparity([0.5, null, 1], 0.75)).toEqual({
      min: 0.5,
      max: 1,
      difference: 0.5,
      ratio: 0.5,
      difference_to_overall: 0.25,
      without: 1,
    });
    expect(groupDisparity([null], 1)).toMatchObject({ min: null, difference: null, without: 1 });
    expect(groupDisparity([-1, 1], null)).toMatchObject({ ratio: null, difference_to_overall: null });
    expect(groupDisparity([0, 0], 0).ratio).toBeNull();
  });

  test("that are alike in every stratum and in total are not reversed", () => {
    const half = { successes: 1, trials: 2 };
    expect(simpsonReversal(new Map([["a", [half, half]]]))).toMatchObject({ against: [], reversed: false });
    const none = { successes: 0, trials: 0 };
    expect(simpsonReversal(new Map([["a", [half, none]]]))).toBeNull();
  });
});

test("the naive forecast needs more than one period", () => {
  expect(naiveScale([1, 3, 2], 1)).toEqual({ kind: "value", value: 1.5 });
  expect(naiveScale([1, 3], 2).kind).toBe("undefined");
  expect(naiveScale([1, 3], 0.5).kind).toBe("undefined");
});
