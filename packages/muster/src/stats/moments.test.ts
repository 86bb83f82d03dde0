import fc from "fast-check";
import { expect, test } from "vitest";
import { mergeMoments, momentsOf, momentsOfSums, noMoments, sampleDeviation } from "./moments.ts";

const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 60 });

test("merging parts gives the moments of all, in any order", () => {
  fc.assert(
    fc.property(values, values, (a, b) => {
      const all = momentsOf([...a, ...b]);
      for (const merged of [
        mergeMoments(momentsOf(a), momentsOf(b)),
        mergeMoments(momentsOf(b), momentsOf(a)),
      ]) {
        expect(merged.n).toBe(all.n);
        expect(merged.mean).toBeCloseTo(all.mean, 6);
        expect(Math.abs(merged.m2 - all.m2)).toBeLessThanOrEqual(1e-9 * (1 + all.m2));
      }
    }),
  );
});

test("nothing merged with something is that something", () => {
  const some = momentsOf([1, 2, 4]);
  expect(mergeMoments(noMoments, some)).toBe(some);
  expect(mergeMoments(some, noMoments)).toBe(some);
});

test("sums give moments where enough digits are left, and else nothing rather than noise", () => {
  const sums = (of: readonly number[]) =>
    momentsOfSums(
      of.length,
      of.reduce((sum, one) => sum + one, 0),
      of.reduce((sum, one) => sum + one * one, 0),
    );
  const plain = sums([1, 2, 3, 4]);
  expect(plain?.mean).toBe(2.5);
  expect(plain?.m2).toBe(5);
  expect(sums([1e8, 1e8 + 1, 1e8 + 2])).toBeNull();
});

test("one value has no spread to estimate", () => {
  expect(sampleDeviation(momentsOf([3]))).toBeNaN();
});
