import { expect, test } from "vitest";
import { decide, tableOf, totals } from "../fixtures/answers.ts";
import { rowCount } from "./row-count.ts";

const subject = { table: "training" };

test("enough rows keep it, exactly enough too", () => {
  expect(decide(rowCount, subject, { atLeast: 100 }, [tableOf(100)]).outcome).toEqual({ kind: "kept" });
});

test("one row too few breaks it and both numbers are said", () => {
  const { outcome, observations } = decide(rowCount, subject, { atLeast: 100 }, [tableOf(99)]);
  expect(outcome).toEqual({ kind: "broken", because: "99 rows, fewer than 100" });
  expect(observations[0]).toMatchObject({
    value: 99,
    outcome: "broken",
    limit: { sense: "at_least", value: 100 },
  });
});

test("a table without rows is broken, not undecided: it was counted", () => {
  expect(decide(rowCount, subject, { atLeast: 1 }, [tableOf(0)]).outcome.kind).toBe("broken");
});

test("no measurement decides nothing", () => {
  expect(rowCount.judge({ atLeast: 1 }, [], { now: 0 }).outcome.kind).toBe("undecided");
});

test("where a label is named only labelled rows count, as nothing is learned from the others", () => {
  const labelled = { table: "training", label: "late" };
  const { outcome, observations } = decide(rowCount, labelled, { atLeast: 1_000_000 }, [
    totals({ labelled: 99_999 }),
  ]);
  expect(outcome).toEqual({ kind: "broken", because: "99\u202f999 rows, fewer than 1\u202f000\u202f000" });
  expect(observations[0]?.label).toBe("training with late");
});
