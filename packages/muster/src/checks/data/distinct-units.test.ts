import { expect, test } from "vitest";
import { decide, totals } from "../fixtures/answers.ts";
import { distinctUnits } from "./distinct-units.ts";

const judged = (rows: number, known: number, units: number) =>
  decide(distinctUnits, { table: "evaluation", unit: "user" }, {}, [totals({ rows, known, units })]);

test("as many units as rows keep it", () => {
  expect(judged(10, 10, 10)).toMatchObject({
    outcome: { kind: "kept" },
    observations: [{ value: 0, rows: 10 }],
  });
});

test("a unit that stands twice breaks it, as bounds then promise more than the rows show", () => {
  expect(judged(10, 10, 7).outcome).toEqual({
    kind: "broken",
    because: "3 rows more than there are units, and the bounds take all rows as independent",
  });
});

test("rows of no known unit, and no rows at all, leave it undecided", () => {
  expect(judged(10, 9, 9).outcome).toEqual({ kind: "undecided", because: "1 row of no known unit" });
  expect(judged(0, 0, 0).outcome.kind).toBe("undecided");
});
