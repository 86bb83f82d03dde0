import { expect, test } from "vitest";
import { numberText, percentText, rowsText } from "./number-text.ts";

test("a number is never printed on the other side of its limit", () => {
  expect(numberText(0.64996, 0.65)).toBe("0.64996");
  expect(numberText(0.6500001, 0.65)).toBe("0.6500001");
  expect(numberText(0.65, 0.65)).toBe("0.65");
  expect(numberText(0.7312345, 0.65)).toBe("0.7312");
});

test("rows are counted as a person writes them", () => {
  expect([1, 999, 20_919, 1_000_000].map(rowsText)).toEqual([
    "1 row",
    "999 rows",
    "20\u202f919 rows",
    "1\u202f000\u202f000 rows",
  ]);
});

test("a share in percent has no digits that nobody wrote", () => {
  expect([0.55, 0.95, 0.999, 0.9999].map(percentText)).toEqual(["55 %", "95 %", "99.9 %", "99.99 %"]);
});
