import { expect, test } from "vitest";
import { rolledUp } from "./roll-up.ts";

const finer = {
  count: 4,
  keys: [["a", null, "a", "b"]],
  values: {
    n: Float64Array.of(1, 2, 3, 4),
    sum: Float64Array.of(0.5, Number.NaN, 1, Number.NaN),
    low: Float64Array.of(3, Number.NaN, -1, 7),
    high: Float64Array.of(3, Number.NaN, -1, 7),
  },
};
const measures = [
  ["n", "count"],
  ["sum", "sum"],
  ["low", "min"],
  ["high", "max"],
] as const;

test("groups of equal keys are added up, and what has no value stays without one", () => {
  expect(rolledUp(finer, measures)).toEqual({
    count: 3,
    keys: [["a", null, "b"]],
    values: {
      n: Float64Array.of(4, 2, 4),
      sum: Float64Array.of(1.5, Number.NaN, Number.NaN),
      low: Float64Array.of(-1, Number.NaN, 7),
      high: Float64Array.of(3, Number.NaN, 7),
    },
  });
});

test("without keys there is one group, also of none", () => {
  expect(rolledUp({ ...finer, keys: [] }, measures).values).toMatchObject({
    n: Float64Array.of(10),
    low: Float64Array.of(-1),
  });
  const none = { count: 0, keys: [], values: { n: new Float64Array(0), sum: new Float64Array(0) } };
  expect(rolledUp(none, measures.slice(0, 2))).toEqual({
    count: 1,
    keys: [],
    values: { n: Float64Array.of(0), sum: Float64Array.of(Number.NaN) },
  });
});
