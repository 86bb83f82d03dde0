import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clopperPearson, clopperPearsonBound } from "./clopper-pearson.ts";
import { f1Bound } from "./f1-bound.ts";
import { logChoose } from "./log-gamma.ts";
import { meanOfProportionsBound } from "./mean-of-proportions.ts";
import { proportionDifference } from "./proportion-difference.ts";
import { wilson, wilsonBound } from "./wilson.ts";

function binomial(k: number, n: number, p: number): number {
  return Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p));
}

/** How often a bound lies on the wrong side of the true proportion, counted over every outcome. */
function missed(n: number, p: number, bound: (k: number) => number, side: "lower" | "upper"): number {
  let sum = 0;
  for (let k = 0; k <= n; k++) {
    if (side === "lower" ? bound(k) > p : bound(k) < p) sum += binomial(k, n, p);
  }
  return sum;
}

const sizes = [1, 5, 30, 100, 400];
const shares = [0.01, 0.1, 0.37, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999];

describe("Clopper-Pearson", () => {
  test.each(sizes)("never misses more than 5 %% of the time with %d trials, on either side", (n) => {
    for (const p of shares) {
      for (const side of ["lower", "upper"] as const) {
        expect(missed(n, p, (k) => clopperPearsonBound(k, n, 0.95, side), side)).toBeLessThanOrEqual(0.05);
      }
    }
  });

  test("59 successes of 59 just show 95 % at 95 % confidence, 58 of 58 do not", () => {
    expect(clopperPearsonBound(59, 59, 0.95, "lower")).toBeGreaterThanOrEqual(0.95);
    expect(clopperPearsonBound(58, 58, 0.95, "lower")).toBeLessThan(0.95);
  });

  test("with no trials nothing is known", () => {
    expect(clopperPearson(0, 0, 0.95)).toEqual([0, 1]);
    expect(wilson(0, 0, 0.95)).toEqual([0, 1]);
  });

  test("holds the observed share, widens with confidence and mirrors successes and failures", () => {
    const run = fc.integer({ min: 1, max: 5000 }).chain((n) => fc.tuple(fc.nat(n), fc.constant(n)));
    fc.assert(
      fc.property(run, ([k, n]) => {
        const [low, high] = clopperPearson(k, n, 0.9);
        const [wideLow, wideHigh] = clopperPearson(k, n, 0.99);
        expect(low).toBeLessThanOrEqual(k / n);
        expect(high).toBeGreaterThanOrEqual(k / n);
        expect(wideLow).toBeLessThanOrEqual(low);
        expect(wideHigh).toBeGreaterThanOrEqual(high);
        expect(clopperPearson(n - k, n, 0.9)[1]).toBeCloseTo(1 - low, 12);
      }),
      { numRuns: 100 },
    );
  });
});

test("Wilson lies within Clopper-Pearson away from the ends, where it may miss a little more", () => {
  const bound = (k: number): number => wilsonBound(k, 100, 0.95, "lower");
  expect(missed(100, 0.9, bound, "lower")).toBeCloseTo(0.0576, 3);
  expect(bound(90)).toBeGreaterThan(clopperPearsonBound(90, 100, 0.95, "lower"));
});

test("the F1 bound misses at most 5 % of the time, given its denominator", () => {
  for (const jaccard of [0.2, 0.5, 0.8, 0.95]) {
    const f1 = (2 * jaccard) / (1 + jaccard);
    let wrong = 0;
    for (let k = 0; k <= 60; k++) {
      if (f1Bound(k, 60, 0.95, "lower", "clopper-pearson") > f1) wrong += binomial(k, 60, jaccard);
    }
    expect(wrong).toBeLessThanOrEqual(0.05);
  }
});

test("the bound of a mean of proportions misses at most 5 % of the time", () => {
  const [n, m] = [20, 40];
  for (const p of [0.6, 0.9, 0.97]) {
    for (const q of [0.5, 0.95]) {
      let wrong = 0;
      for (let a = 0; a <= n; a++) {
        for (let b = 0; b <= m; b++) {
          const parts = [
            { successes: a, trials: n },
            { successes: b, trials: m },
          ];
          const bound = meanOfProportionsBound(parts, 0.95, "lower", "clopper-pearson");
          if (bound > (p + q) / 2) wrong += binomial(a, n, p) * binomial(b, m, q);
        }
      }
      expect(wrong).toBeLessThanOrEqual(0.05);
    }
  }
});

test("swapping two proportions mirrors the interval of their difference", () => {
  const a = { successes: 7, trials: 34 };
  const b = { successes: 1, trials: 34 };
  const [low, high] = proportionDifference(a, b, 0.95);
  const [mirroredLow, mirroredHigh] = proportionDifference(b, a, 0.95);
  expect([mirroredLow, mirroredHigh]).toEqual([-high, -low]);
  expect(proportionDifference({ successes: 0, trials: 0 }, b, 0.95)).toEqual([-1, 1]);
});
