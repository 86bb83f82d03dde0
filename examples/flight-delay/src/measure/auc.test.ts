import { expect, test } from "vitest";
import { auc } from "./auc.ts";

test("ties count half, as pairs counted by hand do", () => {
  // Positives 0.8 0.4 0.4 against negatives 0.4 0.2: 2 + 1.5 + 1.5 of 6 pairs.
  const result = auc(Float32Array.of(0.8, 0.4, 0.4, 0.4, 0.2), Uint8Array.of(1, 1, 1, 0, 0));
  expect(result.value).toBeCloseTo(5 / 6, 12);
  // Placements 1, 0.75, 0.75 and 2/3, 1: variances 1/48 and 1/18, over 3 and 2.
  expect(result.standardError).toBeCloseTo(Math.sqrt(1 / 48 / 3 + 1 / 18 / 2), 12);
  expect(result.lower).toBeLessThan(result.value);
});

test("without one of the classes there is no value", () => {
  expect(auc(Float32Array.of(0.1, 0.2), Uint8Array.of(0, 0)).value).toBeNaN();
});
