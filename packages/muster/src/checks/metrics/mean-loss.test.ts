import fc from "fast-check";
import { expect, test } from "vitest";
import { meanLoss } from "./mean-loss.ts";

/** Of unweighted losses, added up in the given order. */
function of(losses: readonly number[]) {
  const sum = (power: number): number => losses.reduce((total, loss) => total + loss ** power, 0);
  const [n, loss, square, cube] = [losses.length, sum(1), sum(2), sum(3)];
  return meanLoss({
    weight: n,
    weightSquares: n,
    weightCubes: n,
    loss,
    squaredWeightLoss: loss,
    cubedWeightLoss: loss,
    square,
    cubedWeightSquare: square,
    cube,
  });
}

test("the skewness of a mean is that of its rows by the root of their number", () => {
  // Deviations from 2: -2, -1, 0, 3; their squares sum to 14 and their cubes to 18.
  expect(of([0, 1, 2, 5]).skewness).toBeCloseTo(18 / 14 ** 1.5, 12);
});

test("the skewness of losses that are nearly equal is not what rounding leaves of them", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 30 }), (steps) => {
      for (const step of [1e-3, 1e-4, 1e-5, 1e-6, 1e-7]) {
        const losses = steps.map((k) => 1 - k * step);
        const [there, back] = [of(losses).skewness, of(losses.toReversed()).skewness];
        expect(Math.abs(there)).toBeLessThanOrEqual(1);
        expect(Math.abs(there - back)).toBeLessThan(0.02);
      }
    }),
    { numRuns: 300 },
  );
});
