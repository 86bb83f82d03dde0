import { expect, test } from "vitest";
import { trialsNeeded } from "./binomial-power.ts";

// The first n of the exact test, found a second time by summing binomial masses one by one from n = 50 on.
test.each([
  [0.8, 0.85, 365],
  [0.8, 0.9, 82],
  [0.9, 0.93, 549],
  [0.9, 0.95, 179],
  [0.95, 0.97, 601],
  [0.85, 0.9, 281],
  [0.7, 0.8, 119],
])("to prove %f where %f is true takes %i trials at first", (threshold, truth, trials) => {
  expect(trialsNeeded({ threshold, truth, alpha: 0.05, power: 0.8 }).first).toBe(trials);
});

test("no number of trials proves what is not true", () => {
  expect(trialsNeeded({ threshold: 0.9, truth: 0.9, alpha: 0.05, power: 0.8 }).first).toBe(
    Number.POSITIVE_INFINITY,
  );
});
