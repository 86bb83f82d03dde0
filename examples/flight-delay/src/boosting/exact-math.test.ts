import { expect, test } from "vitest";
import { exp, log, logit, sigmoid } from "./exact-math.ts";

const RELATIVE = 1e-14;

test("exp, log and sigmoid agree with Math to fourteen digits", () => {
  for (let x = -690; x <= 690; x += 0.37) expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(RELATIVE);
  for (const x of [1e-9, 0.001, 0.2155, 0.75, 1, 1.5, 2, 1e9]) expect(log(x)).toBeCloseTo(Math.log(x), 13);
  for (let x = -40; x <= 40; x += 0.13) {
    expect(Math.abs(sigmoid(x) * (1 + Math.exp(-x)) - 1)).toBeLessThan(RELATIVE);
  }
});

test("their bits do not change", () => {
  expect([exp(-1.25), log(0.2155), sigmoid(0.7)]).toEqual([
    0.2865047968601901, -1.5347943694383346, 0.6681877721681662,
  ]);
});

test("log-odds undo the sigmoid, and far out it does not overflow", () => {
  expect(sigmoid(logit(0.2155))).toBeCloseTo(0.2155, 15);
  expect([sigmoid(0), sigmoid(1e6), sigmoid(-1e6) < 1e-300]).toEqual([0.5, 1, true]);
});
