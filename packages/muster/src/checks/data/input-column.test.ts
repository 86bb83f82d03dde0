import { expect, test } from "vitest";
import { decide, tableOf } from "../fixtures/answers.ts";
import { inputColumn } from "./input-column.ts";

const subject = { tables: ["training", "evaluation"], column: "distance" };

test("the column is there with the contract's type in both tables", () => {
  const answers = [tableOf(5, { distance: "integer" }), tableOf(5, { distance: "integer" })];
  expect(decide(inputColumn, subject, { type: "integer" }, answers).outcome.kind).toBe("kept");
});

test("a table that lacks it, or has another type, is named", () => {
  const answers = [tableOf(5, {}), tableOf(5, { distance: "string" })];
  expect(decide(inputColumn, subject, { type: "integer" }, answers).outcome).toEqual({
    kind: "broken",
    because: "the training data lacks the column, the evaluation data has it as string",
  });
});

test("whole numbers can stand for a float, never the other way round", () => {
  const both = [tableOf(5, { distance: "integer" }), tableOf(5, { distance: "integer" })];
  expect(decide(inputColumn, subject, { type: "float" }, both).outcome.kind).toBe("kept");
  const floats = [tableOf(5, { distance: "float" }), tableOf(5, { distance: "float" })];
  expect(decide(inputColumn, subject, { type: "integer" }, floats).outcome.kind).toBe("broken");
});

test("a column named like a property of every object is not found by accident", () => {
  const { outcome } = decide(
    inputColumn,
    { tables: ["training"], column: "constructor" },
    { type: "string" },
    [tableOf(5)],
  );
  expect(outcome.kind).toBe("broken");
});

test("a table without rows has the column, and shows nothing", () => {
  const answers = [tableOf(5, { distance: "integer" }), tableOf(0, { distance: "integer" })];
  expect(decide(inputColumn, subject, { type: "integer" }, answers).outcome).toEqual({
    kind: "undecided",
    because: "the evaluation data has no rows",
  });
});
