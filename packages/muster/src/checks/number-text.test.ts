import { expect, test } from "vitest";
import { numberText } from "./number-text.ts";

test("a number is never printed on the other side of its limit", () => {
  expect(numberText(0.64996, 0.65)).toBe("0.64996");
  expect(numberText(0.6500001, 0.65)).toBe("0.6500001");
  expect(numberText(0.65, 0.65)).toBe("0.6500");
  expect(numberText(0.7312345, 0.65)).toBe("0.7312");
});
