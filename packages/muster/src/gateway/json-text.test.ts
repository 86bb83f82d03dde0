import fc from "fast-check";
import { expect, test } from "vitest";
import { parseJson } from "./json-text.ts";

test("takes every JSON text that has no key twice, and gives what JSON.parse gives", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6, stringUnit: "binary" }), fc.nat(4), (text, indent) => {
      const value: unknown = JSON.parse(text);
      // Written anew: a generated text may itself hold a key twice.
      const bytes = Buffer.from(JSON.stringify(value, null, indent));
      expect(parseJson(bytes, 64)).toEqual({ kind: "value", value });
    }),
  );
});

test("finds a key that stands twice, however deep and however it is written", () => {
  const inner = fc.json({ maxDepth: 2 }).map((text) => JSON.stringify(JSON.parse(text)));
  fc.assert(
    fc.property(inner, inner, fc.nat(5), fc.boolean(), (first, second, depth, escaped) => {
      const again = escaped ? "\\u0061" : "a";
      const twice = `{"a":${first},"b":":","${again}":${second}}`;
      const text = `${'[{"x":'.repeat(depth)}${twice}${"}]".repeat(depth)}`;
      expect(parseJson(Buffer.from(text), 64)).toMatchObject({ kind: "malformed" });
    }),
  );
});

test("counts nesting exactly, brackets in strings not", () => {
  const nested = (levels: number): Buffer => Buffer.from(`${"[".repeat(levels)}"[[[{{"${"]".repeat(levels)}`);
  expect(parseJson(nested(64), 64).kind).toBe("value");
  expect(parseJson(nested(65), 64)).toEqual({
    kind: "malformed",
    message: "the body is nested more than 64 levels deep",
  });
});

test("a megabyte of brackets, quotes or colons is refused quickly", () => {
  for (const part of ["[", '"', ":", "{", '{"a":', '\\"', "]"]) {
    const bytes = Buffer.from(part.repeat(Math.floor(1_048_576 / part.length)));
    const before = performance.now();
    expect(parseJson(bytes, 64).kind).toBe("malformed");
    expect(performance.now() - before).toBeLessThan(1000);
  }
});
