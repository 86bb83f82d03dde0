import { expect, test } from "vitest";
import { classes, decide } from "../fixtures/answers.ts";
import { classRows } from "./class-rows.ts";

const subject = { table: "training", label: "late" };

test("every class has enough rows", () => {
  expect(decide(classRows, subject, { atLeast: 10 }, [classes(["0", 90], ["1", 10])]).outcome.kind).toBe(
    "kept",
  );
});

test("the class that has too few is named with its rows", () => {
  expect(decide(classRows, subject, { atLeast: 11 }, [classes(["0", 90], ["1", 10])]).outcome).toEqual({
    kind: "broken",
    because: "late=1 has 10 rows, fewer than 11",
  });
});

test("a class that does not occur cannot be seen, so a single class is broken", () => {
  const { outcome } = decide(classRows, subject, { atLeast: 1 }, [classes(["0", 90])]);
  expect(outcome).toEqual({ kind: "broken", because: "only one class occurs, late=0" });
});

test("rows without a label are no class", () => {
  const { outcome, observations } = decide(classRows, subject, { atLeast: 5 }, [
    classes(["0", 90], ["1", 10], [null, 1]),
  ]);
  expect(outcome.kind).toBe("kept");
  expect(observations.map((o) => o.label)).toEqual(["late=0", "late=1"]);
});

test("no rows at all is not a pass", () => {
  expect(decide(classRows, subject, { atLeast: 0 }, [classes()]).outcome.kind).toBe("undecided");
});
