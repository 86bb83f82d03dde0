import { describe, expect, test } from "vitest";
import type { ParamSpec } from "./params.ts";
import { readParams } from "./params.ts";

const params: Readonly<Record<string, ParamSpec>> = {
  average: { kind: "choice", of: ["macro", 0, true], default: "macro", says: "How." },
  k: { kind: "integer", least: 1, most: 10, default: null, says: "How many." },
  beta: { kind: "number", least: 0.5, most: 2, default: 1, says: "How much." },
  adjusted: { kind: "flag", default: false, says: "Whether." },
  labels: { kind: "classes", says: "Which." },
};
const metric = { name: "thing", params };

function read(given: Readonly<Record<string, unknown>>) {
  const found = readParams(metric, given);
  return found.kind === "params" ? Object.fromEntries(found.params) : found;
}

describe("parameters", () => {
  test("that nobody gave have their defaults", () => {
    expect(read({})).toEqual({ average: "macro", k: null, beta: 1, adjusted: false, labels: [] });
  });

  test("may be text, as a command line gives them", () => {
    expect(read({ average: "0", k: "3", beta: " 0.5", adjusted: "true", labels: "a, b" })).toEqual({
      average: 0,
      k: 3,
      beta: 0.5,
      adjusted: true,
      labels: ["a", "b"],
    });
  });

  test("of an unknown name are wrong, with the known ones", () => {
    expect(read({ avarage: "macro" })).toEqual({
      kind: "wrong",
      because: 'thing has no parameter "avarage"',
      hint: "It takes average, k, beta, adjusted, labels.",
    });
    expect(read(JSON.parse('{"__proto__": 1}'))).toMatchObject({ kind: "wrong" });
    expect(read({ toString: 1 })).toMatchObject({ kind: "wrong" });
  });

  test.each([
    ["average", "mikro"],
    ["average", null],
    ["k", 0],
    ["k", 2.5],
    ["k", ""],
    ["beta", Number.NaN],
    ["beta", "1e3"],
    ["beta", []],
    ["adjusted", 1],
    ["labels", []],
    ["labels", ["a", "a"]],
    ["labels", [1, "1"]],
    ["labels", [{}]],
  ])("that do not fit are wrong, never bent: %s = %j", (name, value) => {
    expect(read({ [name]: value })).toMatchObject({ kind: "wrong" });
  });

  test("that do not fit are told what would", () => {
    expect(read({ k: 11 })).toEqual({
      kind: "wrong",
      because: 'thing cannot take 11 as "k"',
      hint: "A whole number from 1 to 10. How many.",
    });
  });
});
