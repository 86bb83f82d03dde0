import { expect, test } from "vitest";
import { decide, grouped, totals } from "../fixtures/answers.ts";
import type { GroupPart } from "./group-part.ts";
import { type MetricPromise, metricHolds } from "./metric-holds.ts";
import type { MetricSubject } from "./metric-subject.ts";

const subject: MetricSubject = {
  metric: "accuracy",
  table: "scored",
  label: "late",
  positive: 1,
  score: "model.late",
  threshold: 0.5,
};
const promise: MetricPromise = {
  metric: "accuracy",
  sense: "at_least",
  limit: 0.9,
  decideBy: "lower_bound",
  confidence: 0.95,
};
const counts = (tp: number, fp: number, fn: number, tn: number) =>
  totals({ rows: tp + fp + fn + tn, unanswered: 0, tp, fp, fn, tn });
const origin: GroupPart = {
  by: "origin",
  dimension: { kind: "listed", column: "origin", values: ["ORD"] },
  keys: { only: ["ORD"] },
};
const classes = (positives: number, negatives: number, marks = 0) => totals({ positives, negatives, marks });

test("a positive label that occurs nowhere is no splendid accuracy", () => {
  const { outcome } = decide(metricHolds, subject, promise, [counts(0, 10, 0, 990), classes(0, 1000)]);
  expect(outcome).toEqual({
    kind: "undecided",
    because: "accuracy is undefined (1\u202f000 rows): no row of the data has late = 1, the positive label",
  });
});

test("data where every row is positive shows nothing either", () => {
  const { outcome } = decide(metricHolds, subject, promise, [counts(1000, 0, 0, 0), classes(1000, 0)]);
  expect(outcome.kind).toBe("undecided");
});

test("a mark for a missing label is no negative beside other labels, but may be a class of two", () => {
  const answer = counts(400, 20, 20, 560);
  expect(decide(metricHolds, subject, promise, [answer, classes(420, 580, 30)]).outcome).toMatchObject({
    kind: "undecided",
    because: expect.stringContaining(
      "30 rows of the data have a mark for nothing as late, which would count as neg",
    ),
  });
  expect(decide(metricHolds, subject, promise, [answer, classes(420, 580, 580)]).outcome.kind).toBe("kept");
});

test("a group is too small to be judged below 30 rows or 10 of a class, however good it looks", () => {
  const group = {
    ...subject,
    group: [origin],
  } as const;
  const answer = grouped([[["ORD"], { rows: 1000, unanswered: 0, tp: 0, fp: 10, fn: 0, tn: 990 }]]);
  expect(decide(metricHolds, group, promise, [answer, classes(5, 5000)]).outcome).toEqual({
    kind: "undecided",
    because:
      "accuracy is 0.99 where origin is ORD (1\u202f000 rows): a group is judged from 10 rows of each class on, and one has 0",
  });
  const few = grouped([[["ORD"], { rows: 29, unanswered: 0, tp: 14, fp: 0, fn: 0, tn: 15 }]]);
  expect(decide(metricHolds, group, promise, [few, classes(500, 5000)]).outcome).toMatchObject({
    kind: "undecided",
    because: expect.stringContaining("a group is judged from 30 rows on"),
  });
  const point = { ...promise, decideBy: "point" } as const;
  expect(decide(metricHolds, group, point, [few, classes(500, 5000)]).outcome.kind).toBe("kept");
});

test("an undecided group is told how many rows would decide it, as planned or as good as it looks", () => {
  const group = { ...subject, group: [origin] } as const;
  const answer = grouped([[["ORD"], { rows: 200, unanswered: 0, tp: 90, fp: 4, fn: 10, tn: 96 }]]);
  const judged = (more: Partial<MetricPromise>) =>
    decide(metricHolds, group, { ...promise, ...more }, [answer, classes(500, 500)]).outcome;
  // The stable exact n of one proportion, 0.93 against 0.9 with a power of 80 %: R's binom, 593.
  expect(judged({})).toMatchObject({
    kind: "undecided",
    because: expect.stringMatching(/; to show at least 0\.9 when the truth is 0\.93 takes about 593 rows$/),
  });
  expect(judged({ plan: { expected: 0.95, power: 0.8 } })).toMatchObject({
    because: expect.stringMatching(/when the truth is 0\.95 takes about 203 rows$/),
  });
  // Where the value itself is on the wrong side, no number of such rows shows it.
  expect(judged({ limit: 0.94 })).toMatchObject({ because: expect.stringMatching(/below 0\.94$/) });
});

test("each further model on the same data has less error to spend, where the spec says so", () => {
  const answers = [counts(465, 10, 25, 500), classes(490, 510)];
  const stored = JSON.parse(JSON.stringify(metricHolds.measure(subject, answers, "exact")));
  const judged = (reuse: "count" | "spend" | undefined, attempt: number) =>
    metricHolds.judge({ ...promise, limit: 0.952, ...(reuse === undefined ? {} : { reuse }) }, stored, {
      now: 0,
      attempt,
    });
  expect(judged(undefined, 1)).toMatchObject({ outcome: { kind: "kept" } });
  expect(judged(undefined, 1).observations[0]).not.toHaveProperty("notes");
  expect(judged("count", 3)).toMatchObject({
    outcome: { kind: "kept" },
    observations: [{ notes: ["attempt 3 on this data"] }],
  });
  // 1 - 0.05 6 / (pi² 9)
  expect(judged("spend", 3)).toMatchObject({
    outcome: { kind: "undecided" },
    observations: [
      {
        notes: ["attempt 3 on this data, so judged at 99.6623 %"],
        bound: { confidence: expect.closeTo(0.9966226, 6) },
      },
    ],
  });
});

test("says the bound that decided beside a two-sided interval that crosses the limit", () => {
  const answers = [counts(458, 0, 42, 500), classes(500, 500)];
  const { outcome, observations } = decide(metricHolds, subject, { ...promise, limit: 0.945 }, answers);
  expect(outcome.kind).toBe("kept");
  const [seen] = observations;
  expect(seen?.interval?.[0]).toBeLessThan(0.945);
  expect(seen?.bound).toMatchObject({ side: "lower", confidence: 0.95 });
  // scipy.stats.beta.ppf(0.05, 958, 43)
  expect(seen?.bound?.value).toBeCloseTo(0.9460127945885815, 9);
});

test.each([
  ["lower_bound", "accuracy is 0.9 where origin is ORD (20\u202f000 rows), below 0.95"],
  ["point", "accuracy is 0.9 where origin is ORD (20\u202f000 rows), below 0.95"],
] as const)("a group's reason reads as a sentence when decided by %s", (decideBy, because) => {
  const group = {
    ...subject,
    group: [origin],
  } as const;
  const answer = grouped([
    [["ORD"], { rows: 20_000, unanswered: 0, tp: 9000, fp: 1000, fn: 1000, tn: 9000 }],
  ]);
  const { outcome } = decide(metricHolds, group, { ...promise, limit: 0.95, decideBy }, [
    answer,
    classes(10_000, 10_000),
  ]);
  expect(outcome).toEqual({ kind: "broken", because });
});

test.each([
  [0.65004, "undecided"],
  [0.64996, "undecided"],
  [0.6502, "kept"],
  [0.6498, "broken"],
] as const)(
  "a value of rounded scores, %d, that may lie on either side of the limit decides nothing by itself: %s",
  (value, kind) => {
    const measured = [
      {
        label: "overall",
        value,
        rows: 300_000,
        facts: { auc: value, positives: 1e5, negatives: 2e5, half_width: 0.0001 },
      },
    ];
    const auc = { ...promise, metric: "roc_auc", limit: 0.65, decideBy: "point" } as const;
    expect(metricHolds.judge(auc, measured, { now: 0 }).outcome.kind).toBe(kind);
  },
);

test("for a metric where less is better the upper bound decides, and the point when asked", () => {
  const measured = [
    {
      label: "overall",
      value: 0.3,
      rows: 10_000,
      facts: { mean: 0.3, standard_error: 0.01, effective_rows: 10_000 },
    },
  ];
  const loss = { ...promise, metric: "log_loss", sense: "at_most", limit: 0.31 } as const;
  const { outcome, observations } = metricHolds.judge(loss, measured, { now: 0 });
  expect(outcome).toMatchObject({
    kind: "undecided",
    because: expect.stringContaining("95 % upper bound is 0.3165, above 0.31"),
  });
  expect(observations[0]?.bound).toMatchObject({ side: "upper" });
  expect(metricHolds.judge({ ...loss, decideBy: "point" }, measured, { now: 0 }).outcome.kind).toBe("kept");
  expect(metricHolds.judge({ ...loss, limit: 0.32 }, measured, { now: 0 }).outcome.kind).toBe("kept");
  expect(metricHolds.judge({ ...loss, limit: 0.28 }, measured, { now: 0 }).outcome.kind).toBe("broken");
});

test("a metric without a sound bound stays undecided, and says why", () => {
  const measured = [{ label: "overall", value: 3, rows: 500, facts: {} }];
  const worst = { ...promise, metric: "max_error", sense: "at_most", limit: 1000 } as const;
  expect(metricHolds.judge(worst, measured, { now: 0 }).outcome).toEqual({
    kind: "undecided",
    because: "max_error is 3 (500 rows) and has no bound: no sound bound is known for it",
  });
  expect(metricHolds.judge({ ...worst, decideBy: "point" }, measured, { now: 0 }).outcome.kind).toBe("kept");
});

test("a confidence prints as it was written", () => {
  const measured = [
    {
      label: "overall",
      value: 0.3,
      rows: 10_000,
      facts: { mean: 0.3, standard_error: 0.01, effective_rows: 10_000 },
    },
  ];
  const loss = { ...promise, metric: "log_loss", sense: "at_most", limit: 0.3001, confidence: 0.55 } as const;
  expect(metricHolds.judge(loss, measured, { now: 0 }).outcome).toMatchObject({
    because: expect.stringContaining("its 55 % upper bound"),
  });
});
