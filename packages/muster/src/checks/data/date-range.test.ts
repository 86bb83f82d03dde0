import { expect, test } from "vitest";
import { decide, grouped } from "../fixtures/answers.ts";
import { dateRange } from "./date-range.ts";

const subject = { table: "training", time: "departure" };
const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
const promise = { fromMs: Date.parse("2001-01-01"), toMs: Date.parse("2001-03-31") };
const days = (...rows: [string | null, number][]) =>
  grouped(rows.map(([d, n]) => [[d === null ? null : day(d)], { rows: n }]));

test("rows from the first to the last day keep it", () => {
  const { outcome, observations } = decide(dateRange, subject, promise, [
    days(["2001-03-31", 5], ["2001-01-01", 7], ["2001-02-01", 1]),
  ]);
  expect(outcome).toEqual({ kind: "kept" });
  expect(observations.map((o) => o.text)).toEqual(["2001-01-01", "2001-03-31", undefined]);
  expect(observations[2]).toMatchObject({ label: "days without a row", value: 87, outcome: "kept" });
});

test.each([
  [["2001-01-02", "2001-03-31"], "the first row is of 2001-01-02, not 2001-01-01"],
  [["2000-12-31", "2001-03-31"], "rows begin on 2000-12-31, before 2001-01-01"],
  [["2001-01-01", "2001-03-30"], "the last row is of 2001-03-30, not 2001-03-31"],
  [["2001-01-01", "2001-04-01"], "rows go on until 2001-04-01, after 2001-03-31"],
])("%s breaks it: %s", ([first, last], because) => {
  const { outcome } = decide(dateRange, subject, promise, [days([first as string, 1], [last as string, 1])]);
  expect(outcome).toEqual({ kind: "broken", because });
});

test("a row without a time is outside of every range", () => {
  const { outcome } = decide(dateRange, subject, promise, [
    days(["2001-01-01", 1], ["2001-03-31", 1], [null, 3]),
  ]);
  expect(outcome).toEqual({ kind: "broken", because: "3 rows have no time" });
});

test("days without rows are counted", () => {
  const [first] = dateRange.measure(subject, [days(["2001-01-01", 1], ["2001-01-04", 1])], "exact");
  expect(first?.facts.daysWithoutRows).toBe(2);
});

test("no row with a time leaves it undecided", () => {
  expect(decide(dateRange, subject, promise, [days([null, 3])]).outcome).toEqual({
    kind: "undecided",
    because: "no row has a time",
  });
});
