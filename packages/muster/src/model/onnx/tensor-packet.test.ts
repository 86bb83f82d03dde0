import { deserialize, serialize } from "node:v8";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Tensor } from "../model.ts";
import { pack, unpack } from "./tensor-packet.ts";

const specs = [{ name: "s", datatype: "BYTES", shape: [-1] }] as const;
const strings = (data: readonly string[]): readonly Tensor[] => [{ ...specs[0], shape: [data.length], data }];

test("whatever strings go through the border come out the same", () => {
  const few = fc.array(fc.constantFrom("ORD", "LAX", "", "é🙂", "__proto__"), {
    maxLength: 500,
    size: "max",
  });
  const many = fc.array(fc.string({ unit: "binary" }), { maxLength: 200 });
  fc.assert(
    fc.property(fc.oneof(few, many), (data) => {
      expect(unpack(specs, deserialize(serialize(pack(specs, strings(data)))))).toEqual(strings(data));
    }),
    { numRuns: 40 },
  );
});

test.each([
  [200, 200, 1],
  [200, 60_000, 1],
  [300, 60_000, 2],
  [70_000, 150_000, 4],
])("%i distinct strings in %i rows come out the same", (distinct, rows, bytesPerCode) => {
  const data = Array.from({ length: rows }, (_, row) => `value ${row % distinct}`);
  const packet = pack(specs, strings(data));
  if (rows > 2 * distinct) expect(packet.data[0]).toHaveProperty("codes.BYTES_PER_ELEMENT", bytesPerCode);
  expect(unpack(specs, packet)[0]?.data.join()).toBe(data.join());
});
