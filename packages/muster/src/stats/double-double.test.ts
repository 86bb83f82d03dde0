import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { add, divide, exactly, multiply, rounded, squareRoot, subtract } from "./double-double.ts";

const whole = fc.integer({ min: -(2 ** 31), max: 2 ** 31 }).map((n) => n * 1_048_573 + 7);

describe("numbers of two doubles", () => {
  test("hold sums and products of large whole numbers exactly, as big integers do", () => {
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        const product = multiply(exactly(a), exactly(b));
        expect(BigInt(product.high) + BigInt(product.low)).toBe(BigInt(a) * BigInt(b));
        const sum = add(exactly(a), exactly(b));
        expect(BigInt(sum.high) + BigInt(sum.low)).toBe(BigInt(a) + BigInt(b));
      }),
    );
  });

  test("undo what they did to 30 digits", () => {
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        const back = multiply(divide(exactly(a), exactly(b)), exactly(b));
        expect(Math.abs(rounded(subtract(back, exactly(a))))).toBeLessThan(Math.abs(a) * 1e-30);
        const root = squareRoot(exactly(Math.abs(a)));
        const rest = rounded(subtract(multiply(root, root), exactly(Math.abs(a))));
        expect(Math.abs(rest)).toBeLessThan(Math.abs(a) * 1e-30);
      }),
    );
  });

  test("have no number where there is none", () => {
    expect(rounded(divide(exactly(1), exactly(0)))).toBeNaN();
    expect(rounded(squareRoot(exactly(-1)))).toBeNaN();
    expect(rounded(squareRoot(exactly(0)))).toBe(0);
  });
});
