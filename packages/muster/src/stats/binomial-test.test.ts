import { expect, test } from "vitest";
import { binomialTest } from "./binomial-test.ts";
import { logChoose } from "./log-gamma.ts";
import { mcnemar, mcnemarExact } from "./mcnemar.ts";

/** Adds every mass up, one by one. */
function bySum(successes: number, trials: number, p: number): number {
  const mass = (k: number) =>
    Math.exp(logChoose(trials, k) + k * Math.log(p) + (trials - k) * Math.log1p(-p));
  let sum = 0;
  for (let k = 0; k <= trials; k++) if (mass(k) <= mass(successes) * (1 + 1e-7)) sum += mass(k);
  return Math.min(1, sum);
}

test("the two-sided test is the sum of all counts that are no likelier", () => {
  for (const trials of [1, 2, 7, 20]) {
    for (const p of [0.1, 0.5, 1 / 6, 0.83]) {
      for (let k = 0; k <= trials; k++)
        expect(binomialTest(k, trials, p, "two-sided")).toBeCloseTo(bySum(k, trials, p), 10);
    }
  }
});

test("counts that are none are refused, and certainties are certain", () => {
  expect(() => binomialTest(3, 2, 0.5, "greater")).toThrow(RangeError);
  expect(() => binomialTest(0.5, 2, 0.5, "greater")).toThrow(RangeError);
  expect(binomialTest(0, 5, 0, "two-sided")).toBe(1);
  expect(binomialTest(1, 5, 0, "two-sided")).toBe(0);
  expect(binomialTest(4, 5, 1, "two-sided")).toBe(0);
});

test("two classifiers that never differ, or differ equally, are not told apart", () => {
  expect(mcnemarExact(0, 0)).toBe(1);
  expect(mcnemarExact(4, 4)).toBe(1);
  expect(mcnemar(0, 0, { continuity: true })).toEqual({ statistic: 0, p: 1 });
  expect(mcnemar(5, 5, { continuity: true }).p).toBe(1);
});
