import { expect, test } from "vitest";
import { classes, decide } from "../fixtures/answers.ts";
import { classBalance } from "./class-balance.ts";

const subject = { table: "training", label: "late" };

test("a largest class at the limit is kept, above it broken", () => {
  const answer = [classes(["0", 80], ["1", 20])];
  expect(decide(classBalance, subject, { maxShare: 0.8 }, answer).outcome.kind).toBe("kept");
  expect(decide(classBalance, subject, { maxShare: 0.79 }, answer).outcome).toEqual({
    kind: "broken",
    because: "late=0 is 80.00 % of the labelled rows",
  });
});

test("rows without a label do not dilute the largest class", () => {
  const { observations } = decide(classBalance, subject, { maxShare: 0.9 }, [
    classes(["0", 80], ["1", 20], [null, 900]),
  ]);
  expect(observations[0]).toMatchObject({ label: "late=0", value: 0.8, rows: 100 });
});

test("without labels nobody knows", () => {
  expect(decide(classBalance, subject, { maxShare: 1 }, [classes([null, 5])]).outcome.kind).toBe("undecided");
});

test("rows whose label is NaN do not dilute the largest class either", () => {
  const answer = [classes(["NaN", 600], ["0", 380], ["1", 20])];
  expect(decide(classBalance, subject, { maxShare: 0.85 }, answer).outcome).toEqual({
    kind: "broken",
    because: "late=0 is 95.00 % of the labelled rows",
  });
});
