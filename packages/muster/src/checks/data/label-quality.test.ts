import { expect, test } from "vitest";
import { decide, totals } from "../fixtures/answers.ts";
import { labelQuality } from "./label-quality.ts";

const subject = { table: "training", label: "late", verifiedBy: "verified", yes: true };

test("the share is of the labelled rows and decided exactly", () => {
  const answer = [totals({ labelled: 1000, verified: 990 })];
  expect(decide(labelQuality, subject, { atLeast: 0.99 }, answer).outcome.kind).toBe("kept");
  expect(decide(labelQuality, subject, { atLeast: 0.9901 }, answer).outcome).toEqual({
    kind: "broken",
    because: "99 % of the labels are verified",
  });
});

test("a share just below its limit is not told as the limit", () => {
  const answer = [totals({ labelled: 10_000_000, verified: 9_999_999 })];
  expect(decide(labelQuality, subject, { atLeast: 1 }, answer).outcome).toEqual({
    kind: "broken",
    because: "99.99999 % of the labels are verified",
  });
});

test("without a labelled row it is undecided, not 0 %", () => {
  expect(
    decide(labelQuality, subject, { atLeast: 0 }, [totals({ labelled: 0, verified: 0 })]).outcome,
  ).toEqual({
    kind: "undecided",
    because: "no row has a label",
  });
});
