import { expect, test } from "vitest";
import { fromFloat16Bits, toFloat16Bits } from "./float16.ts";

// Values from the table of examples in the Wikipedia article "Half-precision floating-point format".
const known: readonly (readonly [number, number])[] = [
  [0x0001, 2 ** -24],
  [0x03ff, 2 ** -14 * (1023 / 1024)],
  [0x0400, 2 ** -14],
  [0x3555, 0.333251953125],
  [0x3bff, 1 - 2 ** -11],
  [0x3c00, 1],
  [0x3c01, 1 + 2 ** -10],
  [0x7bff, 65504],
  [0x7c00, Number.POSITIVE_INFINITY],
  [0x8000, -0],
  [0xc000, -2],
  [0xfc00, Number.NEGATIVE_INFINITY],
];

test.each(known)("the bits %i are the number %d", (bits, value) => {
  expect(fromFloat16Bits(bits)).toBe(value);
  expect(toFloat16Bits(value)).toBe(bits);
});

test("all bits but those of NaN come back as they were", () => {
  for (let bits = 0; bits < 0x10000; bits++) {
    const value = fromFloat16Bits(bits);
    if (Number.isNaN(value)) expect(Number.isNaN(fromFloat16Bits(toFloat16Bits(value)))).toBe(true);
    else if (toFloat16Bits(value) !== bits) expect.fail(`bits ${bits} came back as ${toFloat16Bits(value)}`);
  }
});

test("numbers between two halves go to the nearest, ties to the even one", () => {
  for (let bits = 0; bits < 0x7bff; bits++) {
    const low = fromFloat16Bits(bits);
    const middle = (low + fromFloat16Bits(bits + 1)) / 2;
    const step = middle * 2 ** -20;
    const even = bits % 2 === 0 ? bits : bits + 1;
    const got = [middle - step, middle, middle + step].map(toFloat16Bits);
    if (got.join() !== [bits, even, bits + 1].join()) expect.fail(`around ${middle}: ${got.join()}`);
  }
});

test("what is nearer to infinity than to the largest half becomes infinite", () => {
  expect(toFloat16Bits(65_519)).toBe(0x7bff);
  expect(toFloat16Bits(65_520)).toBe(0x7c00);
  expect(toFloat16Bits(-1e30)).toBe(0xfc00);
});
