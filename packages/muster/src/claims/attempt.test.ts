import { expect, test } from "vitest";
import { spentAlpha } from "../stats/alpha-spending.ts";
import { type Attempt, attemptNumber } from "./attempt.ts";

const of = (modelDigest: string, dataDigest = "d", claimId = "c"): Attempt => ({
  claimId,
  dataDigest,
  modelDigest,
});

test("a new model is the next attempt, an old one keeps its number, other data begins anew", () => {
  const before = [of("a"), of("x", "other"), of("b"), of("b", "d", "another claim")];
  expect(attemptNumber(before, of("c"))).toBe(3);
  expect(attemptNumber(before, of("b"))).toBe(2);
  expect(attemptNumber(before, of("a"))).toBe(1);
  expect(attemptNumber(before, of("a", "fresh"))).toBe(1);
  expect(attemptNumber(before, of("a", "other"))).toBe(2);
  expect(attemptNumber([], of("a"))).toBe(1);
});

test("what all attempts together may err adds up to alpha", () => {
  let sum = 0;
  for (let k = 1; k <= 100_000; k++) sum += spentAlpha(0.05, k);
  expect(sum).toBeLessThan(0.05);
  expect(sum).toBeGreaterThan(0.04999);
  expect(spentAlpha(0.05, 1)).toBeCloseTo(0.0303964, 6);
});
