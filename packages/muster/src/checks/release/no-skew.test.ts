import { expect, test } from "vitest";
import type { SideComparison } from "../../prepare/compare-sides.ts";
import type { Answer } from "../check.ts";
import { noSkew } from "./no-skew.ts";

const subject = { table: "evaluation", rows: 100, steps: "s", inputs: ["age", "name"], withheld: ["name"] };
const side = (input: string, mismatches: number, rows = 100): SideComparison => ({
  input,
  columns: [input],
  rows,
  mismatches,
  largest: mismatches === 0 ? 0 : 2,
  tolerance: 0,
  examples: mismatches === 0 ? [] : [{ row: 7, data: "Ann", served: "ann" }],
});
const judged = (...sides: readonly SideComparison[]) => {
  const answers: readonly Answer[] = [{ kind: "prepared", programs: [], sides }];
  const measured = noSkew.measure(subject, answers, "exact");
  return { measured, ...noSkew.judge({}, measured, { now: 0 }) };
};

test("is kept when not one row of any input differs, with the bound on what a sample leaves open", () => {
  const { outcome, observations } = judged(side("age", 0), side("name", 0), side("other", 50));
  expect(outcome).toEqual({ kind: "kept" });
  expect(observations.map(({ label }) => label)).toEqual(["age differs", "name differs"]);
  // Clopper-Pearson of 0 in 100 at 95 %, two-sided: 1 - 0.025^(1/100).
  expect(observations[0]?.interval?.[1]).toBeCloseTo(1 - 0.025 ** 0.01, 12);
});

test("is broken by one row of one input, and keeps personal data out of the evidence", () => {
  const { outcome, measured } = judged(side("age", 0), side("name", 1));
  expect(outcome).toEqual({ kind: "broken", because: "name differs in 1 of 100 rows" });
  expect(JSON.stringify(measured)).not.toContain("Ann");
  expect(JSON.stringify(judged(side("age", 1), side("name", 0)).outcome)).toContain("row 7");
});

test("is undecided for an input that was not prepared, or data without rows", () => {
  expect(judged(side("age", 0)).outcome).toMatchObject({
    kind: "undecided",
    because: "name was not prepared",
  });
  expect(judged(side("age", 0), side("name", 0, 0)).outcome).toMatchObject({
    kind: "undecided",
    because: "the evaluation data has no rows",
  });
});
