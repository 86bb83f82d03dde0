import { expect, test } from "vitest";
import { decide, totals } from "../fixtures/answers.ts";
import { inputRange } from "./input-range.ts";

const subject = { tables: ["training"], column: "distance" };
const promise = { low: 10, high: 6000 };
const range = (low: number, high: number, more = {}) => [
  totals({ rows: 9, missing: 0, finite: 9, low, high, ...more }),
];

test("both ends belong to the range", () => {
  expect(decide(inputRange, subject, promise, range(10, 6000)).outcome.kind).toBe("kept");
});

test("the end that lies outside is said with its value", () => {
  expect(decide(inputRange, subject, promise, range(9, 6001)).outcome).toEqual({
    kind: "broken",
    because: "the least in training is 9, the greatest in training is 6001",
  });
});

test("an infinite value breaks it although least and greatest lie inside", () => {
  expect(decide(inputRange, subject, promise, range(10, 20, { finite: 8 })).outcome).toMatchObject({
    kind: "broken",
    because: expect.stringContaining("1 value is not finite"),
  });
});

test("a changed range is judged on the same measurements", () => {
  const measurements = inputRange.measure(subject, range(9, 20), "exact");
  expect(inputRange.judge({ low: 10, high: 30 }, measurements, { now: 0 }).outcome.kind).toBe("broken");
  expect(inputRange.judge({ low: 9, high: 30 }, measurements, { now: 0 }).outcome.kind).toBe("kept");
});

test("a column without values is undecided", () => {
  const empty = range(Number.NaN, Number.NaN, { missing: 9, finite: 0 });
  expect(decide(inputRange, subject, promise, empty).outcome.kind).toBe("undecided");
});
