import fc from "fast-check";
import { expect, test } from "vitest";
import { writtenNumbers } from "./written-numbers.ts";

const same = (text: string, ...as: readonly string[]) =>
  expect(writtenNumbers(text), text).toEqual(as.flatMap(writtenNumbers));

test("all ways to write a number are one", () => {
  same("it costs $1,234.50 in all.", "1234.5");
  same("0042, 42.000 and 4.2e1", "42", "42", "42");
  same(".5 of it, 50e-2", "0.5", "0.5");
  same("12,000,000", "12e6");
  same("-0, 0.00 and 0e9", "0", "0", "0");
  same("is −7 or -7?", "-7", "-7");
  expect(writtenNumbers("1,000")).not.toEqual(writtenNumbers("1.000"));
});

test("what only looks like one number is told apart", () => {
  same("3-4", "3", "4");
  same("2001-02-03", "2001", "2", "3");
  same("(a)-5 and 9-", "5", "9");
  same("1,2 and 1,1111", "1", "2", "1", "1111");
  same("x2, A380 and v_7 but 5kg", "5");
  same("1e5kg", "1");
  same("答案是42。", "42");
  same("no digits, ½ and ٣");
});

test("a number is found whatever stands around it, with its sign", () => {
  const around = fc.constantFrom("", " ", "= ", "**", "(", "$", "\n", "是", "😀 ");
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      around,
      around,
      (number, before, after) => {
        // A letter of any script before the digits would make them part of a word.
        const start = before === "是" ? "是 " : before;
        expect(writtenNumbers(`${start}${number}${after}`)).toEqual(writtenNumbers(String(number)));
        expect(writtenNumbers(String(number))).toHaveLength(1);
      },
    ),
  );
});

test.each([
  ["digits", "1".repeat(1_000_000)],
  ["digits of a word", `a${"1".repeat(1_000_000)}`],
  ["commas", "1,".repeat(500_000)],
  ["thousands", `1${",111".repeat(250_000)}1`],
  ["zeros", `1.${"0".repeat(999_990)}1`],
  ["points", ".".repeat(1_000_000)],
  ["signs", "-".repeat(1_000_000)],
  ["exponents", "1e".repeat(500_000)],
])("a million characters of %s take time in proportion", (_, text) => {
  const started = performance.now();
  writtenNumbers(text);
  expect(performance.now() - started).toBeLessThan(2000);
});
