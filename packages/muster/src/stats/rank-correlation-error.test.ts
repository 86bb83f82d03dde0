import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Correlation,
  correlationError,
  kendallSlopes,
  type PairCells,
  spearmanSlopes,
} from "./rank-correlation.ts";

const cells: fc.Arbitrary<PairCells> = fc
  .array(
    fc.tuple(
      fc.integer({ min: 0, max: 6 }),
      fc.integer({ min: 0, max: 6 }),
      fc.double({ min: 0.3, max: 3, noNaN: true }),
    ),
    {
      minLength: 3,
      maxLength: 20,
    },
  )
  .map((all) => ({ x: all.map(([x]) => x), y: all.map(([, y]) => y), weights: all.map(([, , w]) => w) }))
  .filter(({ x, y }) => new Set(Array.from(x)).size > 1 && new Set(Array.from(y)).size > 1);

test.each<readonly [string, (of: PairCells) => Correlation]>([
  ["spearman", spearmanSlopes],
  ["kendall", kendallSlopes],
])("the slopes of %s are what a little more weight of a cell does", (_, of) => {
  fc.assert(
    fc.property(cells, (own) => {
      const found = of(own);
      if (found.kind !== "value") throw new Error(found.because);
      const step = 1e-5;
      for (let i = 0; i < own.weights.length; i++) {
        const moved = (by: number): number => {
          const weights = Array.from(own.weights, (w, k) => (k === i ? w + by : w));
          const there = of({ ...own, weights });
          return there.kind === "value" ? there.value : Number.NaN;
        };
        expect(found.slopes[i]).toBeCloseTo((moved(step) - moved(-step)) / (2 * step), 6);
      }
    }),
  );
});

test("the error of Kendall's tau without ties is that of the grouped jackknife in the limit", () => {
  // Leaving one of n rows out changes tau by about its slope, so both variances agree up to 1 in n.
  const n = 400;
  const x = Array.from({ length: n }, (_, i) => i);
  const y = x.map((i) => ((i * 7919) % 401) + 0.6 * i);
  const whole = kendallSlopes({ x, y, weights: new Float64Array(n).fill(1) });
  if (whole.kind !== "value") throw new Error(whole.because);
  const without = x.map((i) => {
    const weights = new Float64Array(n).fill(1);
    weights[i] = 0;
    const found = kendallSlopes({ x, y, weights });
    return found.kind === "value" ? found.value : Number.NaN;
  });
  const mean = without.reduce((a, b) => a + b, 0) / n;
  const jackknife = Math.sqrt(((n - 1) / n) * without.reduce((sum, one) => sum + (one - mean) ** 2, 0));
  expect(correlationError(whole.slopes, new Float64Array(n).fill(1)) / jackknife).toBeCloseTo(1, 2);
});

test("a perfect order has no slope, so that its error is 0", () => {
  const line = { x: [1, 2, 3, 4], y: [1, 2, 3, 4], weights: [1, 1, 1, 1] };
  for (const of of [spearmanSlopes, kendallSlopes]) {
    const found = of(line);
    if (found.kind !== "value") throw new Error(found.because);
    expect(found.value).toBe(1);
    expect(correlationError(found.slopes, [1, 1, 1, 1])).toBeCloseTo(0, 12);
  }
});
