import { expect, test } from "vitest";
import { poissonBound } from "./poisson-bound.ts";

test("is Garwood's, as scipy.stats.chi2 gives it", () => {
  // chi2.ppf(0.05, 2 k) / 2 and chi2.ppf(0.95, 2 k + 2) / 2
  expect(poissonBound(0, 0.95, "lower")).toBe(0);
  expect(poissonBound(0, 0.95, "upper")).toBeCloseTo(2.995732273553991, 10);
  expect(poissonBound(10, 0.95, "lower")).toBeCloseTo(5.425405697091295, 9);
  expect(poissonBound(10, 0.95, "upper")).toBeCloseTo(16.962219235721903, 9);
  expect(poissonBound(250, 0.975, "lower")).toBeCloseTo(219.9679956309373, 8);
  expect(poissonBound(250, 0.975, "upper")).toBeCloseTo(282.98770504231607, 8);
});
