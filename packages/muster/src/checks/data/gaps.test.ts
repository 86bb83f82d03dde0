import { describe, expect, test } from "vitest";
import { decide, grouped, totals } from "../fixtures/answers.ts";
import { dayMs, hourMs } from "./cell-gaps.ts";
import { dateGaps } from "./date-gaps.ts";
import { splitByTime } from "./split-by-time.ts";
import { timeOverlap } from "./time-overlap.ts";
import { updateGaps } from "./update-gaps.ts";

const cells = (cellMs: number, ...times: (string | null)[]) => [
  grouped(times.map((time) => [[time === null ? null : Math.floor(Date.parse(time) / cellMs)], { rows: 1 }])),
];
const days = { table: "training", time: "at", cellMs: dayMs };
const hours = { ...days, cellMs: hourMs };

describe("gaps between days with rows", () => {
  const three = cells(dayMs, "2001-01-05", "2001-01-01", "2001-01-02", null, "2001-01-09");

  test("are named by the days without a row, the longest first", () => {
    const { outcome, observations } = decide(dateGaps, days, { maxMs: dayMs, cellMs: dayMs }, three);
    expect(outcome).toEqual({
      kind: "broken",
      because: "no rows on 2001-01-06 to 2001-01-08, 2001-01-03 to 2001-01-04 (5 days without a row in all)",
    });
    expect(observations.map((o) => o.value)).toEqual([4, 3]);
  });

  test("are allowed up to the stated length, on the same evidence", () => {
    expect(decide(dateGaps, days, { maxMs: 4 * dayMs, cellMs: dayMs }, three).outcome.kind).toBe("kept");
    expect(decide(dateGaps, days, { maxMs: 3 * dayMs, cellMs: dayMs }, three).outcome).toMatchObject({
      because: expect.stringContaining("2001-01-06 to 2001-01-08"),
    });
  });

  test("a single missing day is one day, and hours are told as hours", () => {
    expect(
      decide(dateGaps, days, { maxMs: dayMs, cellMs: dayMs }, cells(dayMs, "2001-01-01", "2001-01-03"))
        .outcome,
    ).toEqual({ kind: "broken", because: "no rows on 2001-01-02 (1 day without a row in all)" });
    const { outcome } = decide(
      dateGaps,
      hours,
      { maxMs: hourMs, cellMs: hourMs },
      cells(hourMs, "2001-01-01T05:00Z", "2001-01-01T08:30Z"),
    );
    expect(outcome).toMatchObject({
      because: "no rows on 2001-01-01 06:00 to 2001-01-01 07:00 (2 hours without a row in all)",
    });
  });

  test("months of 31 days fit 31 days", () => {
    const monthly = cells(dayMs, "2001-01-01", "2001-02-01", "2001-03-01", "2001-04-01");
    expect(decide(dateGaps, days, { maxMs: 31 * dayMs, cellMs: dayMs }, monthly).outcome.kind).toBe("kept");
    const without = cells(dayMs, "2001-01-01", "2001-02-01", "2001-04-01");
    expect(decide(dateGaps, days, { maxMs: 31 * dayMs, cellMs: dayMs }, without).outcome.kind).toBe("broken");
  });

  test("one day has no gap, no row with a time leaves it undecided", () => {
    expect(
      decide(dateGaps, days, { maxMs: dayMs, cellMs: dayMs }, cells(dayMs, "2001-01-01")).outcome.kind,
    ).toBe("kept");
    expect(decide(dateGaps, days, { maxMs: dayMs, cellMs: dayMs }, cells(dayMs, null)).outcome.kind).toBe(
      "undecided",
    );
  });

  test("a misread time outside of every calendar breaks nothing but the claim", () => {
    const wild = [
      grouped([
        [[0], { rows: 1 }],
        [[1e15], { rows: 1 }],
      ]),
    ];
    expect(decide(dateGaps, days, { maxMs: dayMs, cellMs: dayMs }, wild).outcome.kind).toBe("broken");
  });
});

describe("how often a source is renewed", () => {
  const promise = { everyMs: 7 * dayMs, cellMs: dayMs };
  test("no longer time between two days than it says keeps it, with the usual one shown", () => {
    const { outcome, observations } = decide(
      updateGaps,
      days,
      promise,
      cells(dayMs, "2001-01-01", "2001-01-08", "2001-01-15"),
    );
    expect(outcome.kind).toBe("kept");
    expect(observations.map((o) => o.value)).toEqual([7, 7]);
  });
  test("a hole is named", () => {
    const holed = cells(dayMs, "2001-01-01", "2001-01-08", "2001-01-15", "2001-02-12");
    expect(decide(updateGaps, days, promise, holed).outcome).toEqual({
      kind: "broken",
      because: "between 2001-01-15 and 2001-02-12 lie 28 days without a row",
    });
  });
  test("a rhythm that is slower than stated is told as such", () => {
    const monthly = cells(dayMs, "2001-01-01", "2001-02-01", "2001-03-01", "2001-04-01");
    expect(decide(updateGaps, days, promise, monthly).outcome).toEqual({
      kind: "broken",
      because: "there are rows every 31 days at most",
    });
  });
  test("two days show no rhythm", () => {
    expect(decide(updateGaps, days, promise, cells(dayMs, "2001-01-01", "2001-01-02")).outcome.kind).toBe(
      "undecided",
    );
  });
});

describe("evaluation after training", () => {
  const subject = { training: "training", evaluation: "evaluation", time: "at" };
  const last = Date.parse("2001-03-31T22:00:00Z");
  const overlap = (rows: number, of: number, timed = of, end: number | null = last) => [
    { kind: "not_after", rows, last: end } as const,
    totals({ rows: of, timed }),
  ];
  test("rows that are not later are counted as a share", () => {
    expect(decide(timeOverlap, subject, { max: 0 }, overlap(0, 100)).outcome.kind).toBe("kept");
    expect(decide(timeOverlap, subject, { max: 0.02 }, overlap(2, 100)).outcome.kind).toBe("kept");
    expect(decide(timeOverlap, subject, { max: 0 }, overlap(2, 100)).outcome).toEqual({
      kind: "broken",
      because:
        "2 rows of the evaluation data, 2 %, are not later than 2001-03-31T22:00:00.000Z, when the training data ends",
    });
  });
  test("rows without a time were not compared", () => {
    expect(decide(timeOverlap, subject, { max: 0 }, overlap(0, 100, 99)).outcome).toEqual({
      kind: "undecided",
      because: "1 row of the evaluation data has no time",
    });
    expect(decide(timeOverlap, subject, { max: 0 }, overlap(0, 100, 100, null)).outcome.kind).toBe(
      "undecided",
    );
  });
  test("a split by time has all training rows before its day and no evaluation row", () => {
    const judged = (end: string, begin: string) =>
      decide(splitByTime, subject, { atMs: Date.parse("2001-04-01") }, [
        totals({ rows: 9, end: Date.parse(end) }),
        totals({ rows: 9, end: Date.parse(begin) }),
      ]).outcome;
    expect(judged("2001-03-31T23:59:59Z", "2001-04-01T00:00:00Z").kind).toBe("kept");
    expect(judged("2001-04-01T00:00:00Z", "2001-03-31T00:00:00Z")).toEqual({
      kind: "broken",
      because:
        "the last training row is of 2001-04-01T00:00:00.000Z, the first evaluation row is of 2001-03-31T00:00:00.000Z",
    });
    expect(
      decide(splitByTime, subject, { atMs: 0 }, [
        totals({ rows: 0, end: Number.NaN }),
        totals({ rows: 1, end: 1 }),
      ]).outcome.kind,
    ).toBe("undecided");
  });
});
