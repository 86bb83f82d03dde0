import { expect, test } from "vitest";
import { decide, totals } from "../fixtures/answers.ts";
import { positiveWorkload } from "./positive-workload.ts";

const subject = { table: "scored", score: "model.late", threshold: 0.5 };
const promise = { cases: 10_000, capacity: 500, confidence: 0.95, decideBy: "lower_bound" } as const;
const judged = (rows: number, answered: number, positive: number, more = {}) =>
  decide(positiveWorkload, subject, { ...promise, ...more }, [totals({ rows, answered, positive })]);

test("few enough are called positive, with certainty", () => {
  expect(judged(5000, 5000, 200)).toMatchObject({
    outcome: { kind: "kept" },
    observations: [{ value: 0.04, limit: { sense: "at_most", value: 0.05 }, unit: "share" }],
  });
});

test("too many, or too near to tell", () => {
  expect(judged(5000, 5000, 400).outcome).toEqual({
    kind: "broken",
    because:
      "8 % of the rows are called positive (5\u202f000 rows), about 800 of 10\u202f000 cases a day, more than the 500 that can be looked at",
  });
  expect(judged(500, 500, 24).outcome).toMatchObject({
    kind: "undecided",
    because: expect.stringContaining("with 95 % confidence it may be more than the 500"),
  });
  expect(judged(500, 500, 24, { decideBy: "point" }).outcome.kind).toBe("kept");
});

test("rows without an answer, and no rows, decide nothing", () => {
  expect(judged(1000, 990, 10).outcome).toEqual({ kind: "undecided", because: "10 rows without an answer" });
  expect(judged(0, 0, 0).outcome.kind).toBe("undecided");
});
