import { expect, test } from "vitest";
import { replicasNeeded } from "./capacity.ts";

test("Little's law: the requests at work, divided among the replicas, rounded up", () => {
  // 500/s of 40 ms are 20 at work.
  expect(replicasNeeded(500, 0.04, 4)).toBe(5);
  expect(replicasNeeded(500, 0.0401, 4)).toBe(6);
  expect(replicasNeeded(500, 0.04, 4, 0.5)).toBe(10);
});

test("rounding of floating point never costs a replica, and one is the least", () => {
  expect(100 * 0.07).toBeGreaterThan(7);
  expect(replicasNeeded(100, 0.07, 1)).toBe(7);
  expect(replicasNeeded(1, 0.001, 8)).toBe(1);
});
