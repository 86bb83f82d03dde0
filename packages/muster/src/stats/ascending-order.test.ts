import fc from "fast-check";
import { expect, test } from "vitest";
import { ascendingOrder } from "./ascending-order.ts";

const number = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -0, 1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324),
  fc.integer({ min: -3, max: 3 }),
);

/** What comparing gives, and that each position holds its own number and stands there once. */
function expectSorted(all: Float64Array): void {
  const { numbers, positions } = ascendingOrder(all);
  const wanted = all.filter((one) => !Number.isNaN(one)).sort();
  // -0 and 0 are equal, and may have any order among them.
  const plain = (of: Float64Array): Float64Array => of.map((one) => one + 0);
  expect(plain(numbers)).toEqual(plain(wanted));
  expect(Float64Array.from(positions, (at) => all[at] as number)).toEqual(numbers);
  expect(new Set(positions).size).toBe(wanted.length);
}

test("is the order that comparing gives, every position once", () => {
  fc.assert(fc.property(fc.array(number, { maxLength: 200 }), (all) => expectSorted(Float64Array.from(all))));
});

test.each<readonly [string, (i: number) => number]>([
  ["even", (i) => ((i * 7919) % 50_000) / 50_000],
  ["one number", () => 0.5],
  ["far apart, most of them close to 0", (i) => ((i * 7919) % 50_000) ** 12 / 1e40],
  ["each a fraction of another", (i) => 2 ** -(((i * 7919) % 50_000) % 1070)],
  ["some infinite", (i) => (i % 3 === 0 ? Number.POSITIVE_INFINITY : -i)],
  ["beyond the range of their difference", (i) => (i % 2 === 0 ? 1.7e308 : -1.7e308) / (1 + (i % 97))],
])("of many numbers, %s", (_, of) => {
  for (const count of [17, 1000, 50_000]) expectSorted(Float64Array.from({ length: count }, (_, i) => of(i)));
});
