import { expect, test } from "vitest";
import { finitePopulationLowerBound, hypergeometricUpper } from "./hypergeometric.ts";

// Reference values: scipy.stats.hypergeom.sf, scipy 1.17.1.
test.each([
  [1000, 901, 100, 95, 0.052160093244478956],
  [50, 20, 10, 4, 0.6350317132231632],
  [1000, 952, 59, 59, 0.05018166114727385],
  [100000, 99000, 2000, 1985, 0.15261934603300492],
])(
  "P(X >= k) for a population of %d with %d good, %d drawn, k=%d",
  (N = 0, K = 0, n = 0, k = 0, expected = 0) => {
    expect(Math.abs(hypergeometricUpper(N, K, n, k) / expected - 1)).toBeLessThan(1e-9);
  },
);

test("a population that was drawn whole is known exactly", () => {
  expect(finitePopulationLowerBound(50, 50, 47, 0.95)).toBe(47);
});

test("the bound is never below what was seen", () => {
  for (let k = 0; k <= 20; k++) expect(finitePopulationLowerBound(40, 20, k, 0.95)).toBeGreaterThanOrEqual(k);
});

test("the bound holds: whatever the truth, it lies above it in at most 5 % of the samples", () => {
  for (let good = 0; good <= 30; good++) {
    let wrong = 0;
    for (let k = 0; k <= 12; k++) {
      const mass = hypergeometricUpper(30, good, 12, k) - hypergeometricUpper(30, good, 12, k + 1);
      if (finitePopulationLowerBound(30, 12, k, 0.95) > good) wrong += mass;
    }
    expect(wrong).toBeLessThanOrEqual(0.05 + 1e-12);
  }
});
