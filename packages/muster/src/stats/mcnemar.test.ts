import { expect, test } from "vitest";
import { mcnemar } from "./mcnemar.ts";

test("is the exact binomial test of a half", () => {
  // scipy.stats.binomtest(k, n, 0.5).pvalue
  expect(mcnemar(2, 10)).toBeCloseTo(0.03857421875, 12);
  expect(mcnemar(10, 2)).toBeCloseTo(0.03857421875, 12);
  expect(mcnemar(30, 55)).toBeCloseTo(0.008836205876094518, 10);
  expect(mcnemar(5, 5)).toBe(1);
  expect(mcnemar(0, 0)).toBe(1);
});
