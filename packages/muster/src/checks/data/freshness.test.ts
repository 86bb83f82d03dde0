import { expect, test } from "vitest";
import { decide, totals } from "../fixtures/answers.ts";
import { freshness } from "./freshness.ts";

const subject = { table: "training", time: "departure" };
const newest = Date.parse("2026-01-01T00:00:00Z");
const day = 86_400_000;
const answer = [totals({ newest, rows: 10 })];

test("the same evidence is fresh today and too old ninety-one days later", () => {
  const promise = { maxAgeMs: 90 * day, asOfMs: null };
  expect(decide(freshness, subject, promise, answer, { now: newest + 90 * day }).outcome.kind).toBe("kept");
  expect(decide(freshness, subject, promise, answer, { now: newest + 91 * day }).outcome).toEqual({
    kind: "broken",
    because: "the newest row is 91.0 days old as of today",
  });
});

test("data of the past is judged as of its stated day, whatever the clock says", () => {
  const promise = { maxAgeMs: day, asOfMs: newest + day };
  const { outcome, observations } = decide(freshness, subject, promise, answer, { now: newest + 9999 * day });
  expect(outcome.kind).toBe("kept");
  expect(observations[0]).toMatchObject({ label: "age as of 2026-01-02", value: 1, unit: "days" });
});

test("no row with a time leaves it undecided", () => {
  const { outcome } = decide(freshness, subject, { maxAgeMs: 1, asOfMs: null }, [
    totals({ newest: Number.NaN, rows: 4 }),
  ]);
  expect(outcome).toEqual({ kind: "undecided", because: "no row has a time" });
});

test("a newest row of the future tells no age: one misread date would keep the promise for good", () => {
  const promise = { maxAgeMs: 90 * day, asOfMs: newest - 2 * day };
  expect(decide(freshness, subject, promise, answer).outcome).toEqual({
    kind: "undecided",
    because: "the newest row is of 2026-01-01T00:00:00.000Z, after 2025-12-30, so no age can be told",
  });
  const unset = { maxAgeMs: 90 * day, asOfMs: null };
  expect(decide(freshness, subject, unset, answer, { now: newest - 2 * day }).outcome.kind).toBe("undecided");
});

test("a row of the stated day itself is new, though the day begins before it", () => {
  const promise = { maxAgeMs: day, asOfMs: newest - day / 2 };
  expect(decide(freshness, subject, promise, answer).outcome.kind).toBe("kept");
});
