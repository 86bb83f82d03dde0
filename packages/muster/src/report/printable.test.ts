import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { displayWidth, measured } from "./display-width.ts";
import { anyText } from "./fixtures/any-text.ts";
import { printable, revealed } from "./printable.ts";
import { wrap } from "./wrap.ts";

const forbidden = /\p{Cc}|\p{Cs}|[\u2028-\u202e\u2066-\u2069\u200e\u200f\u061c\ufeff]/u;

describe("printable text", () => {
  test("loses terminal escapes whole, keeping the words", () => {
    expect(printable("a\u001b[31mred\u001b[0m b\u009b2Jc")).toBe("ared bc");
    expect(printable("\u001b]8;;http://evil.example\u0007link\u001b]8;;\u001b\\")).toBe("link");
    expect(printable("\u001b]0;never ended")).toBe("]0;never ended");
  });

  test("is one line", () => {
    expect(printable("a\r\nb\tc\u2028d\u0085e")).toBe("a b c d e");
  });

  test("cannot reorder or hide what stands beside it", () => {
    expect(printable("ab\u202ecd\u2066e\u200bf\ufeffg\u{e0041}")).toBe("abcdefg");
    expect(printable("a\ud800b")).toBe("a\ufffdb");
  });

  test("keeps the joiners of scripts and emoji", () => {
    const family = "👨\u200d👩\u200d👧";
    expect(printable(`${family} می\u200cخواهم`)).toBe(`${family} می\u200cخواهم`);
  });

  test("has no control character left, whatever it was made of", () => {
    const escapes = fc.constantFrom(
      "\u001b[",
      "\u009b",
      "\u001b]",
      "\u0007",
      "\u009d",
      "31m",
      "\u202e",
      "\u0000",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(anyText, escapes)), (parts) => {
        const text = parts.join("");
        expect(forbidden.test(printable(text))).toBe(false);
        expect(forbidden.test(revealed(text))).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});

test("hostile length takes linear time", () => {
  const started = performance.now();
  for (const unit of ["\u009d", "\u001b]", "\u001b[0", "[0, ", "......", "(1,("]) {
    const text = unit.repeat(10_000);
    wrap(printable(text), 80);
    wrap(`${text}x`, 80);
    revealed(text);
  }
  expect(performance.now() - started).toBeLessThan(3000);
});

test("a quoted source line shows hidden characters by their code", () => {
  expect(revealed("a\u202eb\u001b[1m\tc")).toBe("a⟨U+202E⟩b⟨U+001B⟩[1m c");
});

describe("display width", () => {
  test.each([
    ["abc", 3],
    ["航空", 4],
    ["ＡＢ", 4],
    ["e\u0301", 1],
    ["한국", 4],
    ["✈️", 2],
    ["👨\u200d👩\u200d👧", 2],
    ["🇩🇪", 2],
    ["a\u200cb", 2],
    ["ﾊﾟ", 2],
    ["12\u202f345", 6],
  ])("%s takes %i columns", (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe("wrapping", () => {
  test("never breaks a number, a grouped one or a range", () => {
    expect(wrap("at least 1\u202f000\u202f000 examples", 10)).toEqual([
      "at least",
      "1\u202f000\u202f000",
      "examples",
    ]);
    expect(wrap("distance is [1000, 2000) here", 16)).toEqual(["distance is", "[1000, 2000)", "here"]);
    expect(wrap("0.1234567890123456789", 5)).toEqual(["0.1234567890123456789"]);
  });

  test("breaks a word that is longer than the line between characters", () => {
    expect(wrap("航空会社 abcdefgh", 4)).toEqual(["航空", "会社", "abcd", "efgh"]);
  });

  test("gives one empty line for nothing", () => {
    expect(wrap("  ", 10)).toEqual([""]);
  });

  test("fits the width, but for a number or a single character wider than it, and loses nothing", () => {
    const words = fc.array(fc.string({ unit: "grapheme", minLength: 1 }).map((word) => printable(word)));
    fc.assert(
      fc.property(words, fc.integer({ min: 2, max: 40 }), (parts, width) => {
        const text = parts.join(" ");
        const lines = wrap(text, width);
        const bare = (s: string): string => s.replaceAll(/[ \u00a0]/gu, "");
        expect(bare(lines.join(""))).toBe(bare(text));
        for (const line of lines) {
          if (!/\p{N}|[.,:_%+-]/u.test(line) && [...measured(line)].length > 1)
            expect(displayWidth(line)).toBeLessThanOrEqual(width);
        }
      }),
    );
  });
});
