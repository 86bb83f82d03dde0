import { expect, test } from "vitest";
import { binColumn } from "./bins.ts";

test("each of few values gets a bin of its own, however rare it is", () => {
  const values = Float32Array.from([...new Array<number>(1000).fill(7), 3, 9]);
  const { edges, bins } = binColumn("hour", values, 64);
  expect([...edges]).toEqual([3, 7]);
  expect([bins[0], bins[1000], bins[1001]]).toEqual([1, 0, 2]);
});

test("many values are cut into bins of about equal frequency", () => {
  const { edges, bins } = binColumn(
    "miles",
    Float32Array.from({ length: 1000 }, (_, i) => (i * 7) % 1000),
    10,
  );
  expect([...edges]).toEqual([99, 199, 299, 399, 499, 599, 699, 799, 899]);
  const counts = new Map<number, number>();
  for (const bin of bins) counts.set(bin, (counts.get(bin) ?? 0) + 1);
  expect([...counts.values()]).toEqual(new Array(10).fill(100));
});

test("a column of one value has one bin", () => {
  expect(binColumn("same", new Float32Array(5).fill(2), 64).edges).toHaveLength(0);
});
