import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Datatype, TensorData } from "../model.ts";
import { fromRuntime, toRuntime } from "./runtime-values.ts";

function given(datatype: Datatype, data: TensorData) {
  return toRuntime({ name: "x", datatype, shape: [data.length], data });
}

const refusal = (message: RegExp) =>
  expect.objectContaining({ code: "model/bad-input", message: expect.stringMatching(message) });

describe("values for the runtime", () => {
  test("64-bit integers are those of BigInt, for every safe integer", () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeInteger()), (numbers) => {
        expect(given("INT64", Float64Array.from(numbers))).toEqual(BigInt64Array.from(numbers, BigInt));
      }),
    );
    const edges = [
      0,
      -0,
      1,
      -1,
      2 ** 31,
      -(2 ** 31),
      2 ** 32 - 1,
      2 ** 32,
      -(2 ** 32),
      2 ** 53 - 1,
      -(2 ** 53) + 1,
    ];
    expect(given("INT64", Float64Array.from(edges))).toEqual(BigInt64Array.from(edges, BigInt));
  });

  test.each<[Datatype, number[]]>([
    ["BOOL", [2, -1, 0.5, Number.NaN]],
    ["UINT8", [-1, 256, 1.5]],
    ["UINT16", [-1, 65_536]],
    ["UINT32", [-1, 2 ** 32]],
    ["UINT64", [-1, 2 ** 53, 0.1, Number.POSITIVE_INFINITY]],
    ["INT8", [-129, 128]],
    ["INT16", [-32_769, 32_768]],
    ["INT32", [-(2 ** 31) - 1, 2 ** 31, 0.1]],
    ["INT64", [2 ** 53, -(2 ** 53), 1e300, 0.1, Number.NaN, Number.NEGATIVE_INFINITY]],
    ["FP32", [1e39, -1e300]],
    ["FP16", [65_520, -1e10]],
  ])("%s refuses numbers that are not its own, and says which", (datatype, numbers) => {
    for (const number of numbers) {
      expect(() => given(datatype, Float64Array.of(0, number)), String(number)).toThrow(
        refusal(new RegExp(`^Value 1 of input "x" is .* not a value of ${datatype}`)),
      );
    }
  });

  test.each<[Datatype, number[]]>([
    ["BOOL", [0, 1]],
    ["UINT8", [0, 255]],
    ["UINT16", [0, 65_535]],
    ["UINT32", [0, 2 ** 32 - 1]],
    ["UINT64", [0, 2 ** 53 - 1]],
    ["INT8", [-128, 127]],
    ["INT16", [-32_768, 32_767]],
    ["INT32", [-(2 ** 31), 2 ** 31 - 1]],
    ["INT64", [-(2 ** 53) + 1, 2 ** 53 - 1]],
    ["FP16", [65_504, -0, Number.POSITIVE_INFINITY, Number.NaN, 2 ** -24]],
    ["FP32", [Math.fround(0.1), Number.NaN, Number.NEGATIVE_INFINITY, -0]],
    ["FP64", [0.1, Number.NaN, Number.MIN_VALUE]],
  ])("%s takes its own numbers to the last one, and gives them back", (datatype, numbers) => {
    const values = given(datatype, Float64Array.from(numbers));
    expect([...fromRuntime("y", datatype, values)]).toEqual(numbers);
  });

  test("text that the runtime would change is refused: U+0000 and lone surrogates", () => {
    for (const text of ["a\0b", "\ud83d", "x\udc00"]) {
      expect(() => given("BYTES", ["fine", text])).toThrow(refusal(/^Value 1 of input "x"/));
    }
    expect(given("BYTES", ["", "é", "🙂"])).toEqual(["", "é", "🙂"]);
  });

  test("an answer beyond 2^53 - 1 is a failure, not another number", () => {
    expect(() => fromRuntime("y", "INT64", BigInt64Array.of(2n ** 53n))).toThrow(
      expect.objectContaining({ code: "model/failed", message: expect.stringContaining("9007199254740992") }),
    );
  });
});
