import { expect, test } from "vitest";
import { percentileRows } from "./percentile-evidence.ts";

test.each([
  [0.95, 59],
  [0.99, 299],
  [0.999, 2995],
])("the quantile %s needs %s requests at 95 %", (quantile, rows) => {
  expect(percentileRows(quantile, 0.95)).toBe(rows);
  // One request fewer would leave more than 5 % for chance.
  expect(quantile ** rows).toBeLessThanOrEqual(0.05);
  expect(quantile ** (rows - 1)).toBeGreaterThan(0.05);
});
