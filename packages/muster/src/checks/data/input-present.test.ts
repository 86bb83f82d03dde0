import { expect, test } from "vitest";
import { decide, totals } from "../fixtures/answers.ts";
import { inputPresent } from "./input-present.ts";

const subject = { tables: ["training"], column: "origin" };

test("a value in every row keeps it", () => {
  expect(decide(inputPresent, subject, {}, [totals({ rows: 9, missing: 0, finite: 9 })]).outcome.kind).toBe(
    "kept",
  );
});

test("missing and not-finite rows are counted apart", () => {
  expect(decide(inputPresent, subject, {}, [totals({ rows: 9, missing: 2, finite: 6 })]).outcome).toEqual({
    kind: "broken",
    because: "it is missing in 2 rows and not finite in 1 of the training data",
  });
});

test("no rows show nothing", () => {
  expect(decide(inputPresent, subject, {}, [totals({ rows: 0, missing: 0, finite: 0 })]).outcome.kind).toBe(
    "undecided",
  );
});
