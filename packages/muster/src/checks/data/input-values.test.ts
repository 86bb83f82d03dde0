import { expect, test } from "vitest";
import { decide, totals } from "../fixtures/answers.ts";
import { inputValues } from "./input-values.ts";

const subject = { tables: ["training"], column: "origin", values: ["ORD", "ATL"] };

test("only listed values keep it", () => {
  expect(decide(inputValues, subject, {}, [totals({ present: 9, listed: 9 })]).outcome.kind).toBe("kept");
});

test("others are counted", () => {
  expect(decide(inputValues, subject, {}, [totals({ present: 9, listed: 7 })]).outcome).toEqual({
    kind: "broken",
    because: "2 rows of the training data have a value that is not listed",
  });
});

test("no value at all shows nothing", () => {
  expect(decide(inputValues, subject, {}, [totals({ present: 0, listed: 0 })]).outcome.kind).toBe(
    "undecided",
  );
});

test("values that are not listed are counted and named by the answer that looks for them", () => {
  const others = {
    kind: "top_values",
    values: [{ value: "XXX", rows: 3 }],
    distinct: 2,
    rows: 4,
  } as const;
  expect(decide(inputValues, subject, {}, [totals({ present: 9 }), others]).outcome).toEqual({
    kind: "broken",
    because: "4 rows of the training data have a value that is not listed: XXX (3) and 1 more",
  });
  expect(
    decide(inputValues, subject, {}, [
      totals({ present: 9 }),
      { ...others, values: [], distinct: 0, rows: 0 },
    ]).outcome.kind,
  ).toBe("kept");
});

test("of persons no value is asked for, and the listed ones are counted", () => {
  const reads = inputValues.reads({ ...subject, redact: true }, "exact");
  expect(reads.map(({ kind }) => kind)).toEqual(["aggregate"]);
  expect(JSON.stringify(reads)).toContain("one_of");
});
