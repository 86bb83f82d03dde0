import { expect, test } from "vitest";
import { decide, totals } from "../fixtures/answers.ts";
import { noLeakage } from "./no-leakage.ts";

const subject = { training: "training", evaluation: "evaluation", keys: ["flight_id"] };
const overlap = (rows: number) => ({ kind: "overlap", rows }) as const;
const table = (rows: number, keyed = rows) => totals({ rows, keyed });
const judged = (shared: number, evaluation = table(10), training = table(90)) =>
  decide(noLeakage, subject, {}, [overlap(shared), evaluation, training]).outcome;

test("no shared key keeps it", () => {
  expect(judged(0).kind).toBe("kept");
});

test("one shared key breaks it", () => {
  expect(judged(1)).toEqual({
    kind: "broken",
    because: "1 row of the evaluation data also stands in the training data",
  });
  expect(judged(2)).toMatchObject({
    because: "2 rows of the evaluation data also stand in the training data",
  });
});

test("an empty table shows nothing, on either side", () => {
  expect(judged(0, table(0)).kind).toBe("undecided");
  expect(judged(0, table(10), table(0))).toEqual({
    kind: "undecided",
    because: "the training data has no rows",
  });
});

test("rows without a key were not compared, so nobody knows of them", () => {
  expect(judged(0, table(10, 0), table(90, 0))).toEqual({
    kind: "undecided",
    because: "10 rows of the evaluation data and 90 rows of the training data have no key to compare",
  });
  expect(judged(0, table(10, 9))).toEqual({
    kind: "undecided",
    because: "1 row of the evaluation data has no key to compare",
  });
  expect(judged(3, table(10, 9)).kind).toBe("broken");
});
