import { expect, test } from "vitest";
import { decide, tableOf, totals } from "../fixtures/answers.ts";
import { accessUntil } from "./access-until.ts";
import { duplicates } from "./duplicates.ts";
import { labelConflicts } from "./label-conflicts.ts";
import { missingShare } from "./missing-share.ts";
import { schemaMatch } from "./schema-match.ts";
import { usableShare } from "./usable-share.ts";

const repeats = (of: Partial<Record<"rows" | "distinct" | "repeated" | "conflicting" | "flips", number>>) =>
  ({ kind: "repeats", rows: 0, distinct: 0, repeated: 0, conflicting: 0, flips: 0, ...of }) as const;

test("missing values, NaN and infinities count against the share; at the limit it is kept", () => {
  const judged = (max: number, finite: number) =>
    decide(missingShare, { table: "training", column: "x" }, { max }, [
      totals({ rows: 100, missing: 3, finite }),
    ]);
  expect(judged(0.05, 95)).toMatchObject({
    outcome: { kind: "kept" },
    observations: [{ value: 0.05, rows: 100, limit: { sense: "at_most", value: 0.05 } }],
  });
  expect(judged(0.05, 94).outcome).toEqual({
    kind: "broken",
    because: "it has no value in 6 rows, 6 %, in 3 rows NaN or infinite",
  });
});

test("a share of no rows is not 0 %", () => {
  const empty = [totals({ rows: 0, missing: 0, finite: 0 })];
  expect(decide(missingShare, { table: "t", column: "x" }, { max: 1 }, empty).outcome.kind).toBe("undecided");
  expect(decide(duplicates, { table: "t", columns: [] }, { max: 1 }, [repeats({})]).outcome.kind).toBe(
    "undecided",
  );
  const conflicts = { table: "t", features: ["a"], label: "y" };
  expect(decide(labelConflicts, conflicts, { max: 1 }, [repeats({})]).outcome.kind).toBe("undecided");
});

test("a row that stands three times repeats an earlier one twice", () => {
  const answer = [repeats({ rows: 1000, distinct: 998, repeated: 3 })];
  const subject = { table: "training", columns: ["id"] };
  expect(decide(duplicates, subject, { max: 0.002 }, answer).outcome.kind).toBe("kept");
  expect(decide(duplicates, subject, { max: 0.001 }, answer).outcome).toEqual({
    kind: "broken",
    because: "2 rows stand there already, 0.2 %",
  });
});

test("contradicting labels are shown with those that have to be wrong", () => {
  const answer = [
    repeats({ rows: 1_477_911, distinct: 1_474_203, repeated: 7399, conflicting: 2125, flips: 1059 }),
  ];
  const subject = { table: "training", features: ["a", "b"], label: "y" };
  const { outcome, observations } = decide(labelConflicts, subject, { max: 0.001 }, answer);
  expect(outcome.kind).toBe("broken");
  expect(outcome).toMatchObject({
    because: expect.stringContaining("1\u202f059 labels (0.07166 % of all) have to be wrong"),
  });
  expect(observations.map((o) => o.value)).toEqual([2125 / 1_477_911, 1059 / 1_477_911]);
  expect(decide(labelConflicts, subject, { max: 0.002 }, answer).outcome.kind).toBe("kept");
});

test("a schema names what is absent, what is of another type and what nobody declared", () => {
  const answer = [tableOf(5, { id: "integer", at: "string", more: "float" })];
  const columns = [
    { name: "id", type: "float" },
    { name: "at", type: "datetime" },
    { name: "gone", type: "string" },
  ] as const;
  const judged = (others: "allowed" | "refused", of: typeof columns | readonly [(typeof columns)[0]]) =>
    decide(schemaMatch, { table: "training" }, { columns: of, others }, answer);
  expect(judged("allowed", columns).outcome).toEqual({
    kind: "broken",
    because: "at is string (string), not datetime, gone is not there",
  });
  expect(judged("allowed", [columns[0]])).toMatchObject({
    outcome: { kind: "kept" },
    observations: [{ label: "id" }, { label: "not declared", value: 2, text: "at, more" }],
  });
  expect(judged("refused", [columns[0]]).outcome).toEqual({
    kind: "broken",
    because: "at, more are not declared",
  });
});

test("rows of the data prove that they were usable; of the others nobody knows", () => {
  const judged = (source: number, atLeast: number) =>
    decide(usableShare, { source: "s", tables: ["training", "evaluation"] }, { atLeast }, [
      tableOf(source),
      tableOf(60),
      tableOf(20),
    ]).outcome.kind;
  expect(judged(100, 0.8)).toBe("kept");
  expect(judged(100, 0.9)).toBe("undecided");
  expect(judged(70, 0.5)).toBe("broken");
  expect(judged(0, 0.5)).toBe("undecided");
});

test("access lasts until the end of its last day", () => {
  const lastDayMs = Date.parse("2026-03-31");
  const at = (now: string) =>
    decide(accessUntil, { source: "s" }, { lastDayMs }, [], { now: Date.parse(now) }).outcome;
  expect(at("2026-03-31T23:59:59Z").kind).toBe("kept");
  expect(at("2026-04-01T00:00:00Z")).toEqual({ kind: "broken", because: "access ended on 2026-03-31" });
});
