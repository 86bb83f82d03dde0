import fc from "fast-check";
import { expect, test } from "vitest";
import { scaleOver, ticks } from "./scale.ts";

test("a scale keeps order and room at both ends", () => {
  const scale = scaleOver([0.6, 0.65, 0.7]);
  expect(scale?.percent(0.6)).toBeCloseTo(10, 10);
  expect(scale?.percent(0.65)).toBeCloseTo(50, 10);
  expect(scale?.percent(0.7)).toBeCloseTo(90, 10);
  expect(scale?.percent(9)).toBe(100);
});

test("there is no scale over nothing, one value or what is no number", () => {
  expect(scaleOver([])).toBeNull();
  expect(scaleOver([1, 1])).toBeNull();
  expect(scaleOver([Number.NaN, Infinity, 2])).toBeNull();
  expect(scaleOver([-Number.MAX_VALUE, Number.MAX_VALUE])).toBeNull();
});

test("ticks are round, of equal decimals and inside of the scale", () => {
  const scale = scaleOver([0.605, 0.713]);
  expect(scale === null ? [] : ticks(scale).map(({ text }) => text)).toEqual([
    "0.62",
    "0.64",
    "0.66",
    "0.68",
    "0.70",
  ]);
});

test("any scale has a few ticks, each where its text says", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e9, max: 1e9, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e9, noNaN: true }),
      (low, span) => {
        const scale = scaleOver([low, low + span]);
        fc.pre(scale !== null);
        if (scale === null) return;
        const marks = ticks(scale);
        expect(marks.length).toBeGreaterThanOrEqual(3);
        expect(marks.length).toBeLessThanOrEqual(10);
        for (const { value } of marks) {
          expect(value).toBeGreaterThanOrEqual(low - span * 1e-6);
          expect(value).toBeLessThanOrEqual(low + span * (1 + 1e-6));
        }
        expect(new Set(marks.map(({ text }) => text)).size).toBe(marks.length);
      },
    ),
  );
});
