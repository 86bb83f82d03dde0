import { describe, expect, test } from "vitest";
import { readJsonSchema } from "./json-schema.ts";

function schema(of: unknown): (value: unknown) => boolean {
  const read = readJsonSchema(JSON.stringify(of));
  if (typeof read === "string") throw new Error(read);
  return read;
}

describe("a JSON schema", () => {
  test("of draft 2020-12 is read, with its own keywords", () => {
    const valid = schema({
      $defs: {
        point: { type: "array", prefixItems: [{ type: "number" }, { type: "number" }], items: false },
      },
      type: "object",
      properties: { at: { $ref: "#/$defs/point" }, name: { type: "string", pattern: "^[a-z]+$" } },
      unevaluatedProperties: false,
    });
    expect(valid({ at: [1, 2], name: "abc" })).toBe(true);
    expect(valid({ at: [1, 2, 3] })).toBe(false);
    expect(valid({ name: "A" })).toBe(false);
    expect(valid({ other: 1 })).toBe(false);
  });

  test("does not take what every object inherits for a property", () => {
    const valid = schema({ required: ["toString"] });
    expect(valid({})).toBe(false);
    expect(valid(JSON.parse('{"toString": 1}'))).toBe(true);
    expect(schema({ properties: { constructor: { type: "number" } } })({})).toBe(true);
  });

  test("takes format for a note, as the draft does", () => {
    expect(schema({ format: "email" })("no address")).toBe(true);
  });

  test("that is true or false is one, too", () => {
    expect(schema(true)(1)).toBe(true);
    expect(schema(false)(1)).toBe(false);
  });

  test("cannot stall with its pattern, whatever the text", () => {
    const valid = schema({ type: "string", pattern: "^(a+)+$" });
    const started = performance.now();
    expect(valid(`${"a".repeat(50_000)}!`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test.each([
    ["{", "the schema is no JSON"],
    ["[]", "the schema is neither an object nor true or false"],
    ["null", "the schema is neither an object nor true or false"],
    ['{"type": "nonsense"}', /cannot be used/],
    ['{"$ref": "https://example.org/other.json"}', /cannot be used: can't resolve reference/],
    ['{"$dynamicRef": "#x"}', "the schema uses $dynamicRef, which cannot be checked"],
    ['{"allOf": [{"unevaluatedItems": false}]}', "the schema uses unevaluatedItems, which cannot be checked"],
    ['{"pattern": "(?=a)b"}', /a pattern of the schema cannot be used: look-around/],
  ])("%s is refused in words", (text, because) => {
    const read = readJsonSchema(text);
    expect(typeof read).toBe("string");
    if (typeof because === "string") expect(read).toBe(because);
    else expect(read).toMatch(because);
  });
});
