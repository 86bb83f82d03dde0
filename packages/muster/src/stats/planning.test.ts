import { describe, expect, test } from "vitest";
import { allPass, powerOfEach } from "./all-groups.ts";
import { positivesForAuc, powerOfAuc } from "./auc-power.ts";
import {
  binomialPower,
  binomialUpper,
  fewestToShow,
  flawlessTrialsNeeded,
  trialsNeeded,
} from "./binomial-power.ts";
import { clopperPearsonBound } from "./clopper-pearson.ts";
import { measuredAccuracy } from "./label-noise.ts";
import { alwaysPositiveFbeta, trivialModel } from "./trivial-model.ts";

describe("how many trials a plan needs", () => {
  // Enumerated with scipy's binom, power 0.8 at alpha 0.05.
  test.each([
    [0.8, 0.85, 365, 398],
    [0.8, 0.9, 82, 94],
    [0.9, 0.93, 549, 593],
    [0.9, 0.95, 179, 203],
    [0.95, 0.97, 601, 694],
    [0.85, 0.9, 281, 304],
    [0.7, 0.8, 119, 130],
  ])("%d, where the truth is %d", (threshold, truth, first, stable) => {
    expect(trialsNeeded({ threshold, truth, alpha: 0.05, power: 0.8 })).toEqual({ first, stable });
  });

  test("is without end where the truth is not above the threshold", () => {
    const { first } = trialsNeeded({ threshold: 0.8, truth: 0.8, alpha: 0.05, power: 0.8 });
    expect(first).toBe(Number.POSITIVE_INFINITY);
  });

  test("is found in an instant for any margin", () => {
    const start = performance.now();
    for (const margin of [0.2, 0.02, 0.01, 1e-3, 1e-6]) {
      const { first, stable } = trialsNeeded({
        threshold: 0.5,
        truth: 0.5 + margin,
        alpha: 0.05,
        power: 0.9,
      });
      expect(stable).toBeGreaterThanOrEqual(first);
    }
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  test("a count shows what the exact lower bound shows", () => {
    for (const [trials, threshold] of [
      [20, 0.5],
      [59, 0.95],
      [58, 0.95],
      [400, 0.8],
    ] as const) {
      const fewest = fewestToShow(trials, threshold, 0.05);
      if (fewest <= trials) {
        expect(clopperPearsonBound(fewest, trials, 0.95, "lower")).toBeGreaterThanOrEqual(threshold);
      }
      expect(clopperPearsonBound(fewest - 1, trials, 0.95, "lower")).toBeLessThan(threshold);
    }
  });

  test("the tail is that of the sum of the masses", () => {
    const choose = [1, 10, 45, 120, 210, 252, 210, 120, 45, 10, 1];
    const sum = choose.reduce((all, ways, k) => (k < 7 ? all : all + ways * 0.3 ** k * 0.7 ** (10 - k)), 0);
    expect(binomialUpper(10, 7, 0.3)).toBeCloseTo(sum, 14);
    expect(binomialUpper(10, 0, 0.3)).toBe(1);
    expect(binomialUpper(10, 11, 0.3)).toBe(0);
  });

  test("58 flawless trials do not show 95 %, 59 do", () => {
    expect(flawlessTrialsNeeded(0.95, 0.95)).toBe(59);
    expect(flawlessTrialsNeeded(0.99, 0.95)).toBe(299);
    expect(flawlessTrialsNeeded(0.999, 0.95)).toBe(2995);
    expect(flawlessTrialsNeeded(0.5, 0.75)).toBe(2);
    expect(fewestToShow(58, 0.95, 0.05)).toBe(59);
    expect(binomialPower(58, 0.95, 1, 0.05)).toBe(0);
  });
});

describe("all groups at once", () => {
  test.each([
    [3, 0.512, 0.9283, 560],
    [5, 0.328, 0.9564, 651],
    [8, 0.168, 0.9725, 731],
    [12, 0.069, 0.9816, 800],
  ])("%i groups of power 0.8 pass together with %d", (groups, together, each, trials) => {
    expect(allPass(Array.from({ length: groups }, () => 0.8))).toBeCloseTo(together, 3);
    const power = powerOfEach(0.8, groups);
    expect(power).toBeCloseTo(each, 4);
    const needed = trialsNeeded({ threshold: 0.8, truth: 0.85, alpha: 0.05, power });
    expect([needed.first, needed.stable]).toContain(trials);
  });
});

test.each([
  [0.5, 0.5, 0.6667, 0.5, Math.LN2, 0.25],
  [0.1, 0.9, 0.1818, 0.1, 0.3251, 0.09],
  [0.02, 0.98, 0.0392, 0.02, 0.098, 0.0196],
  [0.001, 0.999, 0.002, 0.001, 0.0079, 0.001],
])("what needs no input at a prevalence of %d", (p, accuracy, f1, averagePrecision, logLoss, brier) => {
  const trivial = trivialModel(p);
  for (const [key, value] of Object.entries({ accuracy, f1, averagePrecision, logLoss, brier })) {
    expect(trivial[key as keyof typeof trivial], key).toBeCloseTo(value, 4);
  }
  expect(alwaysPositiveFbeta(p, 1)).toBeCloseTo((2 * p) / (1 + p), 14);
});

test("wrong labels cap what can be measured", () => {
  expect(measuredAccuracy(1, 0.92)).toBeCloseTo(0.92, 14);
  expect(measuredAccuracy(0.97, 0.92)).toBeCloseTo(0.8948, 14);
  expect(measuredAccuracy(0.97, 1)).toBe(0.97);
});

test("the power of an area is that of the positives it was asked for", () => {
  const plan = { threshold: 0.65, truth: 0.7, ratio: 4, alpha: 0.05 };
  expect(powerOfAuc(positivesForAuc(0.8, plan), plan)).toBeCloseTo(0.8, 12);
});
