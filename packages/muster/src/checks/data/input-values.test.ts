import { expect, test } from "vitest";
import { decide, totals } from "../fixtures/answers.ts";
import { inputValues } from "./input-values.ts";

const subject = { tables: ["training"], column: "origin", values: ["ORD", "ATL"] };

test("only listed values keep it", () => {
  expect(decide(inputValues, subject, {}, [totals({ present: 9, listed: 9 })]).outcome.kind).toBe("kept");
});

test("others are counted", () => {
  expect(decide(inputValues, subject, {}, [totals({ present: 9, listed: 7 })]).outcome).toEqual({
    kind: "broken",
    because: "2 rows of the training data have a value that is not listed",
  });
});

test("no value at all shows nothing", () => {
  expect(decide(inputValues, subject, {}, [totals({ present: 0, listed: 0 })]).outcome.kind).toBe(
    "undecided",
  );
});
