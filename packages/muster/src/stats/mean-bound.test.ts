import { expect, test } from "vitest";
import { boundedMeanBound, meanBound } from "./mean-bound.ts";
import { noiseShareError, r2Bound } from "./noise-share.ts";

test("the bound of a mean is Student's", () => {
  // scipy 1.17.1: ttest_1samp([1, 2, 3, 4, 5], 0, alternative="greater").confidence_interval(0.95).low.
  const estimate = { mean: 3, standardError: Math.sqrt(2.5 / 5), degreesOfFreedom: 4, skewness: 0 };
  expect(meanBound(estimate, 0.95, "lower")).toBeCloseTo(1.492557, 6);
});

test("the bound for any distribution is wider than t and stays within [0, 1]", () => {
  const free = boundedMeanBound(0.2, 0.04, 50, 0.95, "upper");
  expect(free).toBeGreaterThan(
    meanBound(
      { mean: 0.2, standardError: Math.sqrt(0.04 / 50), degreesOfFreedom: 49, skewness: 0 },
      0.95,
      "upper",
    ),
  );
  // Maurer & Pontil 2009, theorem 4: 0.2 + sqrt(2 * 0.04 * ln(40) / 50) + 7 ln(40) / (3 * 49).
  expect(free).toBeCloseTo(0.2 + 0.076826 + 0.175661, 5);
  expect(boundedMeanBound(0.2, 0.04, 5, 0.95, "upper")).toBe(1);
  expect(boundedMeanBound(0.2, 0.04, 5, 0.95, "lower")).toBe(0);
});

/** Deterministic normal deviates, so that the test says the same every time. */
function deviates(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 4294967296;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

test("the bound of a mean of squared errors misses about 5 % of the time, on both sides", () => {
  const normal = deviates(11);
  const runs = 3000;
  const n = 60;
  let [above, below, plainAbove] = [0, 0, 0];
  for (let run = 0; run < runs; run++) {
    const losses = Array.from({ length: n }, () => normal() ** 2);
    const mean = losses.reduce((sum, one) => sum + one, 0) / n;
    const second = losses.reduce((sum, one) => sum + (one - mean) ** 2, 0);
    const third = losses.reduce((sum, one) => sum + (one - mean) ** 3, 0);
    const standardError = Math.sqrt(second / (n - 1) / n);
    const estimate = { mean, standardError, degreesOfFreedom: n - 1, skewness: third / second ** 1.5 };
    if (meanBound(estimate, 0.95, "upper") < 1) above++;
    if (meanBound(estimate, 0.95, "lower") > 1) below++;
    if (meanBound({ ...estimate, skewness: 0 }, 0.95, "upper") < 1) plainAbove++;
  }
  expect(above / runs).toBeLessThan(0.065);
  expect(below / runs).toBeLessThan(0.065);
  expect(above / runs).toBeGreaterThan(0.03);
  expect(plainAbove / runs).toBeGreaterThan(0.08);
});

test("the bound of a mean goes over into Student's as the skewness vanishes", () => {
  const estimate = { mean: 0, standardError: 1, degreesOfFreedom: 100, skewness: 2e-6 };
  expect(meanBound(estimate, 0.95, "upper")).toBeCloseTo(
    meanBound({ ...estimate, skewness: 0 }, 0.95, "upper"),
    5,
  );
  expect(meanBound({ ...estimate, skewness: 0.3 }, 0.95, "upper")).toBeCloseTo(
    -meanBound({ ...estimate, skewness: -0.3 }, 0.95, "lower"),
    12,
  );
});

test("the bound of R² misses about 5 % of the time on normal data", () => {
  const normal = deviates(7);
  const runs = 2000;
  let wrong = 0;
  let shiftedAgrees = 0;
  for (let run = 0; run < runs; run++) {
    const y = Array.from({ length: 150 }, () => normal());
    const e = y.map(() => 0.6 * normal());
    const sums = (shift: number) => {
      const sum = (of: (y: number, e: number) => number): number =>
        y.reduce((all, one, i) => all + of(one + shift, e[i] ?? 0), 0);
      return {
        rows: y.length,
        y: sum((a) => a),
        y2: sum((a) => a * a),
        y3: sum((a) => a ** 3),
        y4: sum((a) => a ** 4),
        e2: sum((_, b) => b * b),
        e4: sum((_, b) => b ** 4),
        e2y: sum((a, b) => b * b * a),
        e2y2: sum((a, b) => b * b * a * a),
      };
    };
    const plain = sums(0);
    const error = noiseShareError(plain);
    const share = plain.e2 / (plain.y2 - plain.y ** 2 / plain.rows);
    if (r2Bound(share, error, 0.95, "lower") > 1 - 0.36) wrong++;
    if (Math.abs(noiseShareError(sums(5)) / error - 1) < 1e-6) shiftedAgrees++;
  }
  expect(wrong / runs).toBeGreaterThan(0.03);
  expect(wrong / runs).toBeLessThan(0.075);
  expect(shiftedAgrees).toBe(runs);
});

test("too few digits give no standard error rather than a wrong one", () => {
  const far = { rows: 3, y: 3e8, y2: 3e16, y3: 3e24, y4: 3e32, e2: 1, e4: 1, e2y: 1e8, e2y2: 1e16 };
  expect(noiseShareError(far)).toBeNaN();
});
