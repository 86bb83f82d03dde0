import { expect, test } from "vitest";
import { decide, totals } from "../fixtures/answers.ts";
import { outputRange } from "./output-range.ts";

const subject = { table: "scored", column: "model.late" };
const promise = { low: 0, high: 1 };

test("finite answers within the range keep it", () => {
  const answer = totals({ rows: 9, missing: 0, finite: 9, low: 0, high: 1 });
  expect(decide(outputRange, subject, promise, [answer]).outcome.kind).toBe("kept");
});

test("NaN answers break it, and rows without an answer too", () => {
  const nan = totals({ rows: 9, missing: 0, finite: 8, low: 0, high: 1 });
  expect(decide(outputRange, subject, promise, [nan]).outcome.kind).toBe("broken");
  const none = totals({ rows: 9, missing: 2, finite: 7, low: 0, high: 1 });
  expect(decide(outputRange, subject, promise, [none]).outcome).toEqual({
    kind: "broken",
    because: "the model gave no answer for 2 rows",
  });
});
