import { describe, expect, test } from "vitest";
import { parse } from "../parse.ts";

function found(input: string): readonly string[] {
  const text = `muster: 1
name: a
version: 1.0.0
status: draft
contract:
  inputs:
    - {name: a, required: true, ${input}}
`;
  return parse(text, "m.yaml")
    .diagnostics.filter(({ code }) => !/MU-A220|MU-A218/.test(code))
    .map(({ code, message }) => `${code} ${message}`);
}
const number = (steps: string): readonly string[] => found(`type: float, preprocessing: [${steps}]`);
const text = (steps: string): readonly string[] => found(`type: string, preprocessing: [${steps}]`);

describe("preprocessing", () => {
  test.each([
    ["float", "standardize"],
    ["float", "{clip: [0, 100]}, log1p, standardize"],
    ["float", "{impute: median}, {bucketize: {bins: 10}}, one_hot"],
    ["float", "{bucketize: {edges: [0, 1_000]}}"],
    ["string", "trim, lowercase, {impute: {constant: none}}, {one_hot: {max_values: 50}}"],
    ["string", "{hash: {buckets: 1024}}"],
    ["string", "{ordinal: {order: [low, high]}}"],
    ["datetime", "hour, weekday"],
    ["datetime", "month, one_hot"],
    ["boolean", "{impute: most_frequent}, standardize"],
    ["string", "late_odds"],
    ["image", "{custom: resize}, {custom: to_rgb}"],
    ["string", "log1p, {custom: whatever}"],
  ])("of %s may be [%s]", (type, steps) => {
    expect(found(`type: ${type}, preprocessing: [${steps}]`)).toEqual([]);
  });

  test("that a value cannot take is refused, saying what the step before gives", () => {
    expect(text("log1p")).toEqual(["MU-A228 log1p needs a number, and an input of type string is none."]);
    expect(text("one_hot, log1p")).toEqual([
      "MU-A228 log1p cannot follow one_hot, which makes many columns of one.",
    ]);
    expect(number("hour")).toEqual([
      "MU-A228 hour is a part of a datetime, and an input of type float is none.",
    ]);
    expect(number("one_hot")).toEqual([
      "MU-A228 one_hot needs texts or whole numbers, and an input of type float has no few values.",
    ]);
    expect(number("standardize, lowercase")).toEqual([
      "MU-A228 lowercase needs a text, and what standardize gives is none.",
    ]);
    expect(number("log1p, bucketize")).toEqual([
      "MU-A228 bucketize cannot follow log1p: its last digit differs between machines.",
    ]);
    expect(text("{impute: median}")).toEqual(["MU-A228 A text has no median."]);
    expect(number("{impute: {constant: x}}")).toEqual(['MU-A228 impute by "x" fills numbers with a text.']);
    expect(found("type: datetime, preprocessing: [standardize]")).toEqual([
      "MU-A228 standardize needs a number, and an input of type datetime is none.",
    ]);
    expect(found("type: json, preprocessing: [one_hot]")).toEqual([
      "MU-A228 Muster carries out no step on json.",
    ]);
  });

  test("by a logarithm needs a range that has one", () => {
    expect(found("type: float, range: [-5, 10], preprocessing: [log1p]")).toEqual([
      "MU-A228 log1p has no value at -1 and below, and the range begins at -5.",
    ]);
    expect(found("type: float, range: [-0.5, 10], preprocessing: [log1p]")).toEqual([]);
    expect(found("type: float, range: [-5, 10], preprocessing: [{clip: [0, 10]}, log1p]")).toEqual([]);
  });

  test("that is mistyped, or has wrong parameters, is named with what was meant", () => {
    expect(number("standardise")).toEqual([
      'MU-A217 There is no operation "standardise". Did you mean standardize?',
    ]);
    expect(number("{clipp: [0, 1]}")).toEqual(['MU-A217 There is no operation "clipp". Did you mean clip?']);
    expect(number("clip")).toEqual(["MU-A226 clip needs its two ends."]);
    expect(number("{clip: [5, 1]}")).toEqual(["MU-A225 1 does not stand above 5 before it."]);
    expect(number("{bucketize: {bins: 1}}")).toEqual([
      "MU-A224 bins is 1, which is not a whole number from 2 to 1000.",
    ]);
    expect(number("{standardize: {mean: 0}}")).toEqual(["MU-A217 standardize takes no parameters."]);
    expect(number("{clip: [0, 1], log1p: null}")).toEqual(["MU-A216 Expected an operation, found a map."]);
    expect(text("{ordinal: {order: [a, a]}}")).toEqual(['MU-A223 "a" stands in the order twice.']);
    expect(text("a b")).toEqual(['MU-A222 "a b" cannot be a name.']);
    expect(text("{impute: middle}")).toEqual(['MU-A217 "middle" is no way to impute.']);
  });
});
