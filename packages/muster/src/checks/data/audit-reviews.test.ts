import { expect, test } from "vitest";
import type { Told, ToldRows } from "../../query/question.ts";
import { readReviews } from "./audit-reviews.ts";

const told = (columns: Readonly<Record<string, readonly Told[]>>): ToldRows => ({
  kind: "rows",
  count: Object.values(columns)[0]?.length ?? 0,
  columns,
});
const draw = {
  key: ["id"],
  label: "late",
  rows: told({ id: ["007", "12", "3"], late: ["1", "0", "0"] }),
};
const options = { before: [], classes: ["0", "1"], replace: false };
const read = (
  columns: Readonly<Record<string, readonly Told[]>>,
  more: Partial<typeof options> | object = {},
) =>
  readReviews(
    draw,
    told(columns),
    { label: "label" in columns ? "label" : null, agree: "agree" in columns ? "agree" : null },
    { ...options, ...more },
  );
const kinds = (found: ReturnType<typeof read>) => found.findings.map(({ kind, row }) => [kind, row]);

test("fills in the drawn rows by key, whatever the order, and says which are left", () => {
  const found = read({ id: ["3", "7"], label: [" 1 ", "true"] });
  expect(found.labels).toEqual(["true", null, "1"]);
  expect(found.added).toBe(2);
  expect(kinds(found)).toEqual([["unreviewed", null]]);
  expect(found.findings[0]?.key).toEqual(["12"]);
});

test("a reviewer may say yes or no; of two classes no means the other one", () => {
  const found = read({ id: ["7", "12", "3"], agree: ["yes", "NO", null] });
  expect(found.labels).toEqual(["1", "1", null]);
  const three = read({ id: ["7", "12"], agree: ["no", "no"] }, { classes: ["0", "1", "2"] });
  expect(kinds(three).slice(0, 2)).toEqual([
    ["agree", 1],
    ["agree", 2],
  ]);
});

test("rows that chance did not draw, stand twice or have no known label are findings, each with its row", () => {
  const found = read({ id: ["7", "99", "007", "12", null], label: ["1", "1", "0", "maybe", "1"] });
  expect(kinds(found)).toEqual([
    ["unknown", 2],
    ["twice", 3],
    ["label", 4],
    ["unknown", 5],
    ["unreviewed", null],
    ["unreviewed", null],
  ]);
  expect(found.findings[1]?.message).toBe("stands in row 1 already");
  expect(found.findings[2]?.message).toBe('has the label "maybe", which is none of 0, 1');
  expect(kinds(read({ id: ["7"], label: ["maybe"] }, { classes: null }))).not.toContainEqual(["label", 1]);
});

test("a review that contradicts itself or an earlier one is a finding, unless it is to take its place", () => {
  const both = read({ id: ["7", "12"], label: ["0", "1"], agree: ["yes", "perhaps"] });
  expect(kinds(both).slice(0, 2)).toEqual([
    ["agree", 1],
    ["agree", 2],
  ]);
  const before = ["1", null, null];
  expect(kinds(read({ id: ["7"], label: ["0"] }, { before }))).toContainEqual(["changed", 1]);
  expect(read({ id: ["7"], label: ["0"] }, { before, replace: true }).labels).toEqual(["0", null, null]);
  // Saying the same again changes nothing, also where it is written otherwise.
  const same = read({ id: ["7"], label: ["1.0"] }, { before });
  expect([same.labels[0], same.added]).toEqual(["1", 0]);
});
