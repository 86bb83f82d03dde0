import { expect, test } from "vitest";
import { BINS, fillHistogram, subtract } from "./histogram.ts";
import { bestSplit } from "./split.ts";

const bins = Uint8Array.from([0, 0, 1, 1, 2, 2]);
const gradient = Int32Array.from([4, 4, 4, 4, -8, -8]);
const hessian = new Int32Array(6).fill(2);
const order = Int32Array.from([0, 1, 2, 3, 4, 5]);
const all = fillHistogram([bins], gradient, hessian, order, 0, 6);

test("the split with the greatest gain is found, and its gain is that of the formula", () => {
  // Left 16 over 8, right -16 over 4, no whole: (256 / 9 + 256 / 5 - 0) / 2.
  expect(bestSplit(all, [2], { lambda: 1, minHessian: 1 })).toEqual({
    feature: 0,
    bin: 1,
    gain: (256 / 9 + 256 / 5) / 2,
  });
});

test("a side with too little hessian is no side", () => {
  expect(bestSplit(all, [2], { lambda: 1, minHessian: 5 })).toBeUndefined();
});

test("a child's histogram is its parent's minus its sibling's, exactly", () => {
  const left = fillHistogram([bins], gradient, hessian, order, 0, 3);
  const right = fillHistogram([bins], gradient, hessian, order, 3, 6);
  expect(subtract(all, left)).toEqual(right);
  expect(right.gradient).toHaveLength(BINS);
});
