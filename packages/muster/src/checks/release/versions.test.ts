import { describe, expect, test } from "vitest";
import { decide } from "../fixtures/answers.ts";
import type { Replayed, ReplayRun } from "../replayed.ts";
import { decisionsOf, isRight } from "./decisions.ts";
import { repeatVariance, spreadOf } from "./repeat-variance.ts";
import { numberShift } from "./version-counts.ts";
import { versionVariance } from "./version-variance.ts";

const run = (values: Float64Array | readonly string[], width = 1): ReplayRun =>
  new Map([["y", { width, values }]]);
const texts = (count: number, of: (i: number) => string): ReplayRun =>
  run(Array.from({ length: count }, (_, i) => of(i)));

describe("decisions", () => {
  test("are a label as it is, or a number held against its threshold; no answer is none", () => {
    expect(decisionsOf({ output: "y", at: 0.5 }, run(Float64Array.of(0.5, 0.49, Number.NaN)))).toEqual([
      "true",
      "false",
      null,
    ]);
    expect(decisionsOf({ output: "y" }, run(["a", "b"]))).toEqual(["a", "b"]);
    expect(decisionsOf({ output: "z" }, run(["a"]))).toBeNull();
    expect(decisionsOf({ output: "y" }, run(Float64Array.of(1, 2), 2))).toBeNull();
  });
  test("are right by the label, in whatever way it is written; without a label nobody knows", () => {
    const late = { output: "y", at: 0.5, positive: 1 };
    expect([isRight(late, "true", "1"), isRight(late, "true", "0"), isRight(late, "false", "true")]).toEqual([
      true,
      false,
      false,
    ]);
    expect([isRight(late, null, "1"), isRight(late, "true", null)]).toEqual([false, null]);
    expect([
      isRight({ output: "y" }, "1", "1.0"),
      isRight({ output: "y" }, "a", "b"),
      isRight({ output: "y" }, "", "0"),
    ]).toEqual([true, false, false]);
  });
});

describe("how far calls of one input are apart", () => {
  test("NaN once, another text and an infinity are differences without a limit; the same infinity twice is none", () => {
    const apart = (a: number, b: number) =>
      spreadOf([run(Float64Array.of(a)), run(Float64Array.of(b))], "y", 1).largest;
    expect(apart(1, Number.NaN)).toBe(Number.MAX_VALUE);
    expect(apart(1, Number.POSITIVE_INFINITY)).toBe(Number.MAX_VALUE);
    expect(apart(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)).toBe(0);
    expect(apart(Number.NaN, Number.NaN)).toBe(0);
    expect(spreadOf([run(["a", "b"]), run(["a", "c"])], "y", 2)).toMatchObject({
      largest: Number.MAX_VALUE,
      unequal: 1,
      numeric: 0,
    });
  });
  test("is the range, with the standard deviation pooled over inputs (numpy)", () => {
    const calls = [run(Float64Array.of(1, 10)), run(Float64Array.of(2, 10)), run(Float64Array.of(4, 13))];
    // np.sqrt(np.mean(np.var([[1, 2, 4], [10, 10, 13]], axis=1, ddof=1)))
    const { largest, unequal, sd } = spreadOf(calls, "y", 2);
    expect([largest, unequal]).toEqual([3, 2]);
    expect(sd).toBeCloseTo(1.632993161855452, 12);
  });
  test("counts each value of an output with several a row", () => {
    const calls = [run(Float64Array.of(1, 2, 3, 4), 2), run(Float64Array.of(1, 2, 3, 4.5), 2)];
    expect(spreadOf(calls, "y", 2)).toMatchObject({ largest: 0.5, unequal: 1 });
  });
  test("of generated texts breaks the promise of the same answer, by name and number", () => {
    const replayed: Replayed = {
      kind: "replay",
      count: 200,
      refused: 0,
      digest: "sha256:0",
      candidate: [texts(200, () => "a"), texts(200, (i) => (i === 7 ? "b" : "a"))],
      live: "not asked",
      truth: [],
      groups: [],
    };
    const subject = { table: "evaluation", keys: ["id"], seed: 1, size: 200, calls: 2 };
    const { outcome, observations } = decide(
      repeatVariance,
      subject,
      { maxDifference: 0, confidence: 0.95 },
      [replayed],
    );
    expect(outcome).toEqual({ kind: "broken", because: "y differs between calls for 1 of 200 inputs" });
    expect(observations[1]?.value).toBe(199 / 200);
  });
});

test("a label output is compared without a threshold, and without labels no flip is counted", () => {
  const replayed = (truth: readonly (string | null)[]): Replayed => ({
    kind: "replay",
    count: 400,
    refused: 0,
    digest: "sha256:0",
    candidate: [texts(400, (i) => (i < 4 ? "b" : "a")), texts(400, (i) => (i < 4 ? "b" : "a"))],
    live: [texts(400, () => "a"), texts(400, () => "a")],
    truth,
    groups: [],
  });
  const subject = {
    table: "evaluation",
    keys: ["id"],
    seed: 1,
    size: 400,
    calls: 2,
    decided: { output: "y" },
    groups: [],
  };
  const judged = (of: "label_changes" | "negative_flips", max: number, truth: readonly (string | null)[]) =>
    decide(versionVariance, subject, { of, max, confidence: 0.95 }, [replayed(truth)]).outcome;
  const known = Array.from({ length: 400 }, (_, i) => (i < 3 ? "a" : i < 4 ? "b" : "a"));
  // scipy.stats.beta.ppf(0.95, 5, 396) = 0.022737 and (0.95, 4, 397) = 0.019269
  expect(judged("label_changes", 0.0228, known).kind).toBe("kept");
  expect(judged("label_changes", 0.0227, known).kind).toBe("undecided");
  expect(judged("negative_flips", 0.0193, known).kind).toBe("kept");
  expect(judged("negative_flips", 0.0192, known).kind).toBe("undecided");
  expect(
    judged(
      "negative_flips",
      0.5,
      known.map(() => null),
    ),
  ).toEqual({
    kind: "undecided",
    because: "only 0 inputs with a label were compared, fewer than 100",
  });
});

test("numbers move by their mean and their 99th percentile, without sign", () => {
  const before = { width: 1, values: Float64Array.from({ length: 200 }, () => 0) };
  const after = {
    width: 1,
    values: Float64Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? i : -i) / 100),
  };
  const shift = numberShift(before, after);
  expect(shift?.mean).toBeCloseTo(0.995, 12);
  // np.quantile(.., 0.99, method="inverted_cdf")
  expect(shift?.p99).toBeCloseTo(1.97, 12);
  expect(numberShift(before, { width: 1, values: ["a"] })).toBeNull();
});
