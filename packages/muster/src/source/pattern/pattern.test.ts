import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Pattern, PatternError } from "./pattern.ts";

describe("a pattern finds what JavaScript's own matcher finds", () => {
  const atoms = ["a", "b", "c", ".", "[ab]", "[^a]", "\\d", "\\w", "\\b", "^", "$", "é", "\\p{L}", "\\."];
  const node: fc.Memo<string> = fc.memo((depth) =>
    depth <= 1
      ? fc.constantFrom(...atoms)
      : fc.oneof(
          fc.constantFrom(...atoms),
          fc.tuple(node(), node()).map(([a, b]) => a + b),
          fc.tuple(node(), node()).map(([a, b]) => `(?:${a}|${b})`),
          fc
            .tuple(node(), fc.constantFrom("*", "+", "?", "{2}", "{1,3}", "{0,}", "*?", "+?", "??"))
            .map(([a, times]) => `(${a})${times}`),
        ),
  );

  test("for patterns and texts at random", () => {
    fc.assert(
      fc.property(
        node(4),
        fc.string({ unit: fc.constantFrom("a", "b", "c", "1", " ", "é", "😀", "\n", "."), maxLength: 12 }),
        (source, text) => {
          expect(new Pattern(source).test(text)).toBe(new RegExp(source, "u").test(text));
        },
      ),
      { numRuns: 2000 },
    );
  });

  // Of a repeat of what may be empty JavaScript has rules of its own, and RE2, Python and this matcher others.
  const definite: fc.Memo<string> = fc.memo((depth) =>
    depth <= 1
      ? fc.constantFrom("a", "b", "c", ".", "[ab]", "[^a]", "\\d", "\\w")
      : fc.oneof(
          fc.tuple(definite(), definite()).map(([a, b]) => a + b),
          fc.tuple(definite(), definite()).map(([a, b]) => `(?:${a}|${b})`),
          fc.tuple(definite(), definite()).map(([a, b]) => `(?:${a})*${b}`),
          fc.tuple(definite(), definite()).map(([a, b]) => `${a}(?:${b})??`),
          fc
            .tuple(definite(), fc.constantFrom("+", "{2}", "{1,3}", "+?"))
            .map(([a, times]) => `(${a})${times}`),
        ),
  );

  test("and removes the same, where nothing that is repeated may be empty", () => {
    fc.assert(
      fc.property(
        definite(4),
        fc.string({ unit: fc.constantFrom("a", "b", "c", "1", " "), maxLength: 12 }),
        (source, text) => {
          expect(new Pattern(source).remove(text)).toBe(text.replace(new RegExp(source, "gu"), ""));
        },
      ),
      { numRuns: 2000 },
    );
  });
});

test("case is ignored when asked to", () => {
  expect(new Pattern("straße|ÉCOLE", true).test("l'école")).toBe(true);
  expect(new Pattern("^yes$", true).test("YES")).toBe(true);
  expect(new Pattern("yes").test("YES")).toBe(false);
});

test("empty matches are taken as Python takes them", () => {
  // Python 3.11: re.sub("x*", "", "axxb") == "ab".
  expect(new Pattern("x*").remove("axxb")).toBe("ab");
  expect(new Pattern("").remove("a😀b")).toBe("a😀b");
});

test("the whole text matches or it does not", () => {
  expect(Pattern.whole("a|ab").test("ab")).toBe(true);
  expect(Pattern.whole("a|ab").test("abc")).toBe(false);
  expect(Pattern.whole("A", true).test("a")).toBe(true);
  expect(() => Pattern.whole("a)|(b")).toThrow(PatternError);
});

test("no pattern takes long, however a backtracking matcher would fare", () => {
  const started = performance.now();
  for (const source of ["(a+)+$", "(a|aa)*b", "(a*)*b", "(.*)(.*)(.*)(.*)x", "(a?){200}a{200}"]) {
    expect(new Pattern(source).test(`${"a".repeat(5000)}!`)).toBe(source === "(a?){200}a{200}");
  }
  expect(performance.now() - started).toBeLessThan(8000);
});

describe("what is refused, with a reason", () => {
  test.each([
    ["(?=a)b", /look-around/],
    ["(?<!a)b", /look-around/],
    ["(a)\\1", /back-references/],
    ["(a", /without "\)"/],
    ["a)", /without "\("/],
    ["[a", /without "\]"/],
    ["*a", /repeats nothing/],
    ["a{3,1}", /no repeat/],
    ["a{5000}", /no repeat/],
    ["(a{1000}){1000}", /too large/],
    ["\\q", /means nothing/],
    ["\\", /ends in/],
    ["\\p{Nonsense}", /cannot be read/],
    ["[z-a]", /cannot be read/],
    ["a".repeat(2000), /longer than/],
    ["(".repeat(500), /too deep/],
  ])("%s", (source, because) => {
    expect(() => new Pattern(source)).toThrow(PatternError);
    expect(() => new Pattern(source)).toThrow(because);
  });
});

test("marks by themselves mean themselves", () => {
  expect(new Pattern("a-b/c#d").test("a-b/c#d")).toBe(true);
  expect(Pattern.whole("[]a-]+").test("a]-")).toBe(true);
  expect(Pattern.whole("[\\-\\]\\#]+").test("-]#")).toBe(true);
  expect(new Pattern("[[]").test("[")).toBe(true);
  expect(new Pattern("\\-\\#\\ ").test("-# ")).toBe(true);
  expect(new Pattern("(?P<year>\\d{4})").test("in 1976")).toBe(true);
});
