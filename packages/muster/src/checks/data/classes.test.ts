import { describe, expect, test } from "vitest";
import { decide, grouped } from "../fixtures/answers.ts";
import { classRows } from "./class-rows.ts";
import { classShares } from "./class-shares.ts";
import { featureSeparation } from "./feature-separation.ts";
import { labelClasses } from "./label-classes.ts";
import { sameValue } from "./same-value.ts";

const subject = { table: "training", label: "a=b" };
const classes = (...rows: [string | null, number][]) => [
  grouped(rows.map(([key, n]) => [[key], { rows: n, labelled: key === null ? 0 : n }])),
];

describe("declared classes", () => {
  const two = classes(["0", 90], ["1", 10], [null, 5]);
  test("that all occur keep it; rows without a label are shown", () => {
    const { outcome, observations } = decide(labelClasses, subject, { classes: [0, 1] }, two);
    expect(outcome.kind).toBe("kept");
    expect(observations.at(-1)).toMatchObject({ label: "rows without a label", value: 5 });
  });
  test("one without a row and one that nobody declared are named, the latter with its rows", () => {
    expect(decide(labelClasses, subject, { classes: [0, 2] }, two).outcome).toEqual({
      kind: "broken",
      because: "2 has no row; 1 (10 rows) is not declared",
    });
  });
  test("one without a row has too few rows, too, though the data does not show it", () => {
    const { outcome } = decide(classRows, subject, { atLeast: 5, classes: ["0", "1", "2"] }, two);
    expect(outcome).toEqual({ kind: "broken", because: "2 has no row" });
  });
  test("are compared by value", () => {
    expect([
      sameValue("1", 1),
      sameValue("true", 1),
      sameValue("false", false),
      sameValue("0.5", 0.5),
    ]).toEqual([true, true, true, true]);
    expect([
      sameValue("true", 2),
      sameValue("", 0),
      sameValue("1", "true"),
      sameValue("a", 0),
      sameValue("1", true),
    ]).toEqual([false, false, false, false, false]);
  });
});

describe("how even classes are", () => {
  const three = classes(["a", 80], ["b", 16], ["c", 4]);
  const judged = (promise: Parameters<typeof classShares.judge>[0], answer = three) =>
    decide(classShares, subject, promise, answer).outcome;
  test("the least share", () => {
    expect(judged({ kind: "min_share", minShare: 0.04, classes: [] }).kind).toBe("kept");
    expect(judged({ kind: "min_share", minShare: 0.05, classes: [] })).toEqual({
      kind: "broken",
      because: "a=b=c is 4 % of the labelled rows",
    });
    expect(judged({ kind: "min_share", minShare: 0.01, classes: ["d"] }).kind).toBe("broken");
  });
  test("the imbalance ratio: rows of the largest class for one of the smallest", () => {
    expect(judged({ kind: "max_ratio", maxRatio: 20, classes: [] }).kind).toBe("kept");
    expect(judged({ kind: "max_ratio", maxRatio: 19, classes: [] })).toEqual({
      kind: "broken",
      because: "a=b=a has 20 rows for one of a=b=c",
    });
    expect(judged({ kind: "max_ratio", maxRatio: 1e9, classes: ["d"] })).toEqual({
      kind: "broken",
      because: "d has no row",
    });
    expect(judged({ kind: "max_ratio", maxRatio: 1e9, classes: [] }, classes(["a", 5])).kind).toBe("broken");
  });
  test("stated shares, where a class that is not stated has the share 0", () => {
    const shares = [
      { value: "a", share: 0.79 },
      { value: "b", share: 0.17 },
      { value: "c", share: 0.04 },
    ];
    expect(judged({ kind: "shares", shares, maxDeviation: 0.01 }).kind).toBe("kept");
    expect(judged({ kind: "shares", shares, maxDeviation: 0.009 }).kind).toBe("broken");
    expect(judged({ kind: "shares", shares: shares.slice(0, 2), maxDeviation: 0.03 })).toEqual({
      kind: "broken",
      because: "a=b=c is 4 % of the labelled rows, stated is 0 %",
    });
    expect(
      judged({ kind: "shares", shares: [{ value: "1.0", share: 1 }], maxDeviation: 0 }, classes(["1", 5]))
        .kind,
    ).toBe("kept");
  });
});

describe("an input that is the label in disguise", () => {
  const input = { table: "training", columns: ["x", "y"], label: "late", positive: 1 };
  const separation = (positives: number, negatives: number, wins: number) =>
    ({ kind: "separation", positives, negatives, wins }) as const;
  test("is named, whichever way it points", () => {
    const { outcome, observations } = decide(featureSeparation, input, { max: 0.99 }, [
      separation(10, 20, 100),
      separation(10, 20, 1),
    ]);
    expect(outcome).toEqual({
      kind: "broken",
      because: "y (0.995) alone tells the label: was it known before?",
    });
    expect(observations.map((o) => [o.label, o.value])).toEqual([
      ["roc_auc of y alone", 0.995],
      ["roc_auc of x alone", 0.5],
    ]);
  });
  test("cannot be told where one class has no value of any", () => {
    expect(
      decide(featureSeparation, input, { max: 0.99 }, [separation(0, 5, 0), separation(0, 5, 0)]).outcome
        .kind,
    ).toBe("undecided");
  });
});
