import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { offLine } from "../query/aggregate.ts";
import { PlaceCounter } from "./place-counter.ts";

function counted(cuts: readonly number[], numbers: readonly number[]): Record<string, number> {
  const counter = new PlaceCounter(cuts);
  counter.add(Float64Array.from(numbers), numbers.length);
  return Object.fromEntries(counter.byPlace());
}

function oneByOne(cuts: readonly number[], numbers: readonly number[]): Record<string, number> {
  const found = new Map<number, number>();
  for (const value of numbers) {
    const place = Number.isNaN(value)
      ? offLine.nan
      : value === Number.POSITIVE_INFINITY
        ? offLine.positiveInfinity
        : value === Number.NEGATIVE_INFINITY
          ? offLine.negativeInfinity
          : cuts.filter((cut) => value >= cut).length;
    found.set(place, (found.get(place) ?? 0) + 1);
  }
  return Object.fromEntries(found);
}

/** Where they are known they are right, and where they lie outside of the cut points they are known. */
function expectExtremes(cuts: readonly number[], numbers: readonly number[]): void {
  const counter = new PlaceCounter(cuts);
  counter.add(Float64Array.from(numbers), numbers.length);
  const { least, greatest } = counter.extremes;
  const finite = numbers.filter(Number.isFinite);
  if (least !== null) expect(least + 0).toBe(Math.min(...finite) + 0);
  if (greatest !== null) expect(greatest + 0).toBe(Math.max(...finite) + 0);
  const [first, last] = [cuts[0] ?? Number.POSITIVE_INFINITY, cuts.at(-1) ?? Number.NEGATIVE_INFINITY];
  // Next to a cut rounding may hide one: a part is at least 1/8192 of the line between the outer cuts.
  const part = (last - first) / 512;
  if (finite.some((value) => value < first - part)) expect(least).not.toBeNull();
  if (finite.some((value) => value > last + part)) expect(greatest).not.toBeNull();
}

describe("a counter of places between cut points", () => {
  test("counts as a comparison with every cut does, also next to the cuts and at the ends of the doubles", () => {
    const wild = fc.oneof(
      fc.double({ noDefaultInfinity: true, noNaN: true }),
      fc.integer({ min: -20, max: 20 }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.constantFrom(-Number.MAX_VALUE, Number.MAX_VALUE, Number.MIN_VALUE, 0, 1e16, 1e16 + 2),
    );
    const cuts = fc.uniqueArray(wild, { maxLength: 120, selector: (cut) => cut + 0 });
    fc.assert(
      fc.property(cuts, fc.array(fc.oneof(wild, fc.double()), { maxLength: 50 }), (unsorted, others) => {
        const sorted = unsorted.map((cut) => cut + 0).sort((a, b) => a - b);
        const numbers = [
          ...others,
          ...sorted,
          ...sorted.flatMap((cut) => [cut * (1 - 2e-16), cut * (1 + 3e-16)]),
        ];
        expect(counted(sorted, numbers)).toEqual(oneByOne(sorted, numbers));
        expectExtremes(sorted, numbers);
      }),
    );
  });

  test("needs no search where the cuts are even enough, and searches where they are not", () => {
    const even = Array.from({ length: 99 }, (_, i) => Math.fround(i / 7));
    const uneven = [0, 1e-9, 2e-9, 1, 1e9];
    const numbers = Array.from({ length: 5000 }, (_, i) => Math.sin(i) * 20 + (i % 3) * 1e-9);
    for (const cuts of [even, uneven]) expect(counted(cuts, numbers)).toEqual(oneByOne(cuts, numbers));
  });

  test("adds up what comes in parts, and takes only as many as are said", () => {
    const counter = new PlaceCounter([0, 1]);
    counter.add(Float64Array.of(-1, 0.5, 7), 2);
    counter.add(Float64Array.of(0.5, 2), 2);
    expect(Object.fromEntries(counter.byPlace())).toEqual({ 0: 1, 1: 2, 2: 1 });
    expect(new PlaceCounter([]).byPlace().size).toBe(0);
  });
});
