import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cellsOf, inputOf, measure, named } from "./fixtures/measuring.ts";
import type { Cell, Table } from "./fixtures/table.ts";
import type { MetricColumns } from "./metric.ts";
import { readParams } from "./params.ts";

const scored: MetricColumns = { table: "rows", label: "label", positive: 1, score: "score" };
const classes: MetricColumns = { table: "rows", label: "label", prediction: "prediction" };

const tableOf = (columns: Readonly<Record<string, readonly Cell[]>>): Table =>
  new Map(Object.entries(columns));

describe("scores", () => {
  const label = [1, 0, 1, 0, 0];
  const score = [0.9, 0.8, 0.7, 0.2, 0.1];

  test("need one class of each kind", async () => {
    const none = tableOf({ label: [0, 0], score: [0.1, 0.2] });
    expect(await measure("roc_auc", scored, none)).toMatchObject({
      kind: "undefined",
      because: "there is no positive row",
      rows: 2,
      facts: { positives: 0, negatives: 2 },
    });
    const only = tableOf({ label: [1, 1], score: [0.1, 0.2] });
    expect(await measure("roc_auc", scored, only)).toMatchObject({ because: "there is no negative row" });
    expect(await measure("average_precision", scored, only)).toMatchObject({ kind: "value", value: 1 });
    expect(await measure("roc_auc_gain", { ...scored, baseline: "score" }, only)).toMatchObject({
      because: "there are fewer than two negative rows",
    });
  });

  test("of rows without a label, or with NaN for one, do not count", async () => {
    const table = tableOf({ label: [...label, null, Number.NaN], score: [...score, 0.5, 0.95] });
    const plain = await measure("roc_auc", scored, tableOf({ label, score }));
    expect(await measure("roc_auc", scored, table)).toEqual(plain);
  });

  test("that are NaN or infinite leave the metric undefined rather than rank first", async () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const table = tableOf({ label, score: [...score.slice(0, 4), bad] });
      expect(await measure("roc_auc", scored, table)).toMatchObject({ kind: "undefined" });
      expect(await measure("accuracy", { ...scored, threshold: 0.5 }, table)).toMatchObject({
        kind: "undefined",
      });
    }
  });

  test("in cells give a number within the half-width of the exact one", async () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 64 }));
    const rows = fc.array(row, { minLength: 4, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom(1, 4, 16), async (all, per) => {
        const table = tableOf({ label: all.map(([y]) => y), score: all.map(([, s]) => s / 64 + 1 / 1024) });
        for (const name of ["roc_auc", "average_precision"]) {
          const exact = await measure(name, scored, table);
          const cells = await measure(name, scored, table, {}, { kind: "cells", per });
          expect(cells.kind).toBe(exact.kind);
          if (cells.kind !== "value" || exact.kind !== "value") continue;
          const halfWidth = cells.facts.half_width ?? Number.NaN;
          expect(Math.abs(cells.value - exact.value)).toBeLessThanOrEqual(halfWidth + 1e-12);
        }
      }),
      { numRuns: 40 },
    );
  });

  test("rank by their order alone, and equal ones stay equal", async () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 6 }));
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 4, maxLength: 30 }), async (all) => {
        const of = (score: (rank: number) => number) =>
          tableOf({ label: all.map(([y]) => y), score: all.map(([, rank]) => score(rank)) });
        for (const name of ["roc_auc", "average_precision"]) {
          const plain = await measure(
            name,
            scored,
            of((rank) => rank),
          );
          expect(
            await measure(
              name,
              scored,
              of((rank) => Math.exp(rank) - 40),
            ),
          ).toEqual(plain);
        }
        const mirrored = await measure(
          "roc_auc",
          scored,
          of((rank) => -rank),
        );
        const straight = await measure(
          "roc_auc",
          scored,
          of((rank) => rank),
        );
        if (mirrored.kind === "value" && straight.kind === "value") {
          expect(mirrored.value).toBeCloseTo(1 - straight.value, 12);
        }
      }),
      { numRuns: 30 },
    );
  });

  test("against a baseline gain what their AUCs differ by", async () => {
    const baseline = [0.5, 0.5, 0.1, 0.7, 0.2];
    const table = tableOf({ label, score, baseline });
    const gain = await measure("roc_auc_gain", { ...scored, baseline: "baseline" }, table);
    const own = await measure("roc_auc", scored, table);
    const other = await measure("roc_auc", { ...scored, score: "baseline" }, table);
    if (gain.kind !== "value" || own.kind !== "value" || other.kind !== "value") throw new Error("undefined");
    expect(gain.value).toBeCloseTo(own.value - other.value, 12);
  });
});

describe("predicted classes", () => {
  test("by a threshold are those of a prediction column", async () => {
    const label = [1, 0, 1, 1, 0, 0, 1];
    const score = [0.9, 0.5, 0.49, 0.5, 0.1, 0.7, 0.2];
    const table = tableOf({ label, score, prediction: score.map((s) => (s >= 0.5 ? 1 : 0)) });
    for (const name of [
      "accuracy",
      "balanced_accuracy",
      "precision",
      "recall",
      "f1",
      "matthews_corrcoef",
      "cohen_kappa",
    ]) {
      const byThreshold = await measure(name, { ...scored, threshold: 0.5 }, table);
      const byColumn = await measure(name, { ...classes, positive: 1 }, table);
      if (byThreshold.kind !== "value" || byColumn.kind !== "value") throw new Error("undefined");
      expect(byThreshold.value).toBeCloseTo(byColumn.value, 12);
    }
  });

  test("may be text, numbers of different types or booleans", async () => {
    const expected = { kind: "value", value: 0.75 };
    const words = tableOf({ label: ["a", "b", "a", "__proto__"], prediction: ["a", "b", "b", "__proto__"] });
    expect(await measure("accuracy", classes, words)).toMatchObject(expected);
    const numbers = tableOf({ label: [1, 2, 3, 1], prediction: [1, 2, 2.5, 1] });
    expect(await measure("accuracy", classes, numbers)).toMatchObject(expected);
    const flags = tableOf({ label: [true, false, true, true], prediction: [true, false, false, true] });
    expect(await measure("recall", { ...classes, positive: true }, flags)).toMatchObject({ value: 2 / 3 });
  });

  test("of nothing positive have no precision, unless somebody decided what 0/0 is", async () => {
    const table = tableOf({ label: [1, 0], prediction: [0, 0] });
    const columns = { ...classes, positive: 1 };
    expect(await measure("precision", columns, table)).toMatchObject({
      kind: "undefined",
      because: "it is 0/0 for class positive",
      facts: { tp: 0, fp: 0, fn: 1, tn: 1 },
    });
    const decided = await measure("precision", columns, table, { zero_division: 1 });
    if (decided.kind !== "value") throw new Error("undefined");
    expect(decided.value).toBe(1);
    expect(named("precision").bound(decided.facts, 0.95, "lower")).toEqual({ kind: "value", value: 0 });
  });

  test("each have a number of their own with average none", async () => {
    const table = tableOf({ label: ["a", "a", "b"], prediction: ["a", "c", "b"] });
    expect(await measure("recall", classes, table, { average: "none" })).toMatchObject({
      kind: "classes",
      classes: [
        { class: "a", result: { kind: "value", value: 0.5 } },
        { class: "b", result: { kind: "value", value: 1 } },
        { class: "c", result: { kind: "undefined", because: "it is 0/0 for class c" } },
      ],
    });
    expect(await measure("recall", classes, table, { average: "macro" })).toMatchObject({
      because: "it is 0/0 for class c",
    });
    const some = { average: "macro", labels: ["a", "b"] };
    expect(await measure("recall", classes, table, some)).toMatchObject({ kind: "value", value: 0.75 });
  });

  test("are sorted as numbers, not as text, where distance counts", async () => {
    const table = tableOf({ label: [2, 10, 9, 2], prediction: [2, 9, 10, 9] });
    const text = tableOf({ label: ["low", "high", "mid", "low"], prediction: ["low", "mid", "high", "mid"] });
    const weights = { weights: "linear" };
    const ordered = await measure("cohen_kappa", classes, table, weights);
    expect(await measure("cohen_kappa", classes, text, weights)).toMatchObject({
      kind: "undefined",
      because: "weights need the classes in their order (labels), as these are not numbers",
    });
    const listed = { ...weights, labels: ["low", "mid", "high"] };
    const named = await measure("cohen_kappa", classes, text, listed);
    if (ordered.kind !== "value" || named.kind !== "value") throw new Error("undefined");
    expect(named.value).toBeCloseTo(ordered.value, 12);
  });

  test("of more than a thousand kinds are taken for numbers", async () => {
    const label = Array.from({ length: 1001 }, (_, i) => i);
    expect(await measure("accuracy", classes, tableOf({ label, prediction: label }))).toMatchObject({
      because: "there are more than 1000 classes: is the label a number?",
    });
  });

  test("that are absent from a group are counted, not averaged as 0", async () => {
    const table = tableOf({ label: [0, 0, 1, 1], prediction: [0, 2, 1, 1] });
    expect(await measure("balanced_accuracy", classes, table)).toMatchObject({
      value: 0.75,
      facts: { absent_classes: 1, strata: 2 },
    });
  });

  test("keep an exact bound where their average is a proportion of rows", async () => {
    const table = tableOf({ label: [0, 1, 2, 0, 1, 2], prediction: [0, 2, 1, 0, 0, 1] });
    const accuracy = await measure("accuracy", classes, table);
    for (const name of ["precision", "recall", "f1"]) {
      const micro = await measure(name, classes, table, { average: "micro" });
      expect(micro).toEqual(accuracy);
    }
    expect(await measure("recall", classes, table, { average: "weighted" })).toEqual(accuracy);
  });
});

describe("probabilities", () => {
  test("outside of 0..1 leave a loss undefined", async () => {
    const table = tableOf({ label: [1, 0], score: [1.2, 0.3] });
    for (const name of ["log_loss", "brier_score", "expected_calibration_error"]) {
      expect(await measure(name, scored, table)).toMatchObject({
        because: "in 1 of 2 rows a probability is outside of 0..1",
      });
    }
  });

  test("of several classes have to add up and to cover every label", async () => {
    const columns = {
      table: "rows",
      label: "label",
      scores: [
        { class: "a", column: "a" },
        { class: "b", column: "b" },
      ],
    };
    const off = tableOf({ label: ["a", "b"], a: [0.5, 0.5], b: [0.5, 0.6] });
    expect(await measure("log_loss", columns, off)).toMatchObject({
      because: "the probabilities of some rows do not add up to 1",
    });
    const other = tableOf({ label: ["a", "c"], a: [0.5, 0.5], b: [0.5, 0.5] });
    expect(await measure("log_loss", columns, other)).toMatchObject({
      because: "in 1 of 2 rows the class has no probability column",
    });
    const fine = tableOf({ label: ["a", "b"], a: [0.9, 0.3], b: [0.1, 0.7] });
    const several = await measure("brier_score", columns, fine);
    if (several.kind !== "value") throw new Error("undefined");
    expect(several.value).toBeCloseTo((0.02 + 0.18) / 2, 12);
    const binary = await measure(
      "brier_score",
      { table: "rows", label: "label", positive: "a", score: "a" },
      fine,
    );
    if (binary.kind !== "value") throw new Error("undefined");
    expect(binary.value).toBeCloseTo(0.05, 12);
  });

  test("that were surely wrong cost much but not infinitely much", async () => {
    const table = tableOf({ label: [1, 0], score: [0, 1] });
    expect(await measure("log_loss", scored, table)).toMatchObject({ value: -Math.log(Number.EPSILON) });
    expect(await measure("log_loss", scored, table, { eps: 0.01 })).toMatchObject({ value: -Math.log(0.01) });
  });

  test("of exactly 1 belong to the last bin", async () => {
    const table = tableOf({ label: [1, 1, 0, 0], score: [1, 0.9, 0, 0.05] });
    const found = await measure("expected_calibration_error", scored, table, { n_bins: 2 });
    expect(found).toMatchObject({ kind: "value", facts: { bins: 2 } });
    if (found.kind === "value") expect(found.value).toBeCloseTo((0.1 + 0.05) / 4, 12);
  });
});

describe("predicted numbers", () => {
  const numbers: MetricColumns = { table: "rows", label: "label", prediction: "prediction" };

  test("of a truth of 0 have no percentage error, unless somebody says what to divide by", async () => {
    const table = tableOf({ label: [0, 2], prediction: [1, 3] });
    const name = "mean_absolute_percentage_error";
    expect(await measure(name, numbers, table)).toMatchObject({
      because: "in 1 of 2 rows the truth is 0; set epsilon, or use weighted_absolute_percentage_error",
    });
    expect(await measure(name, numbers, table, { epsilon: 0.5 })).toMatchObject({
      value: (1 / 0.5 + 1 / 2) / 2,
    });
  });

  test("below 0 have no logarithmic error", async () => {
    const table = tableOf({ label: [1, 2], prediction: [1, -0.5] });
    expect(await measure("mean_squared_log_error", numbers, table)).toMatchObject({
      because: "in 1 of 2 rows prediction is negative, and has no logarithm here",
    });
  });

  test("too high and too low on average are equally biased", async () => {
    const high = tableOf({ label: [1, 2, 3], prediction: [2, 3, 5] });
    const low = tableOf({ label: [2, 3, 5], prediction: [1, 2, 3] });
    for (const table of [high, low]) {
      const found = await measure("bias", numbers, table);
      expect(found.kind === "value" && found.value).toBeCloseTo(4 / 3, 12);
    }
    const signed = await measure("bias", numbers, low, { signed: true });
    expect(signed.kind === "value" && signed.value).toBeCloseTo(-4 / 3, 12);
  });

  test("of equal truths explain nothing, unless somebody decided what that is", async () => {
    const perfect = tableOf({ label: [0.1, 0.1, 0.1], prediction: [0.1, 0.1, 0.1] });
    const near = tableOf({ label: [0.1, 0.1, 0.1], prediction: [0.1, 0.1, 0.2] });
    for (const name of ["r2", "explained_variance"]) {
      expect(await measure(name, numbers, near)).toMatchObject({ because: "all truths are equal" });
      expect(await measure(name, numbers, perfect, { force_finite: true })).toMatchObject({ value: 1 });
      expect(await measure(name, numbers, near, { force_finite: true })).toMatchObject({ value: 0 });
      expect(await measure(name, numbers, tableOf({ label: [1], prediction: [2] }))).toMatchObject({
        because: "one row has no spread to explain",
      });
    }
  });

  test("far from 0 and close together are refused, and measured once they are shifted", async () => {
    const label = Array.from({ length: 100 }, (_, i) => 1e9 + (i % 10));
    const table = tableOf({ label, prediction: label.map((y, i) => y + (i % 3) - 1) });
    const refused = await measure("r2", numbers, table);
    expect(refused.kind === "undefined" && refused.because).toMatch(/set shift to about 100000000[0-9]/);
    const near = tableOf({
      label: label.map((y) => y - 1e9),
      prediction: label.map((y, i) => y - 1e9 + (i % 3) - 1),
    });
    const [shifted, plain] = [
      await measure("r2", numbers, table, { shift: 1e9 }),
      await measure("r2", numbers, near),
    ];
    if (shifted.kind !== "value" || plain.kind !== "value") throw new Error("undefined");
    expect(shifted.value).toBeCloseTo(plain.value, 9);
  });

  test("have a bound of r2 that holds the value, and none with weights", async () => {
    const label = Array.from({ length: 60 }, (_, i) => i);
    const table = tableOf({
      label,
      prediction: label.map((y) => y + (y % 7) - 3),
      weight: label.map(() => 1),
    });
    const plain = await measure("r2", numbers, table);
    const weighted = await measure("r2", { ...numbers, weight: "weight" }, table);
    if (plain.kind !== "value" || weighted.kind !== "value") throw new Error("undefined");
    const bound = named("r2").bound(plain.facts, 0.95, "lower");
    expect(bound.kind === "value" && bound.value < plain.value && bound.value > 0.98).toBe(true);
    expect(named("r2").bound(weighted.facts, 0.95, "lower").kind).toBe("undefined");
  });
});

describe("what a metric cannot do without is said before anything is read", () => {
  const bare = { table: "rows", label: "label" };
  test.each<readonly [string, MetricColumns, Readonly<Record<string, unknown>>, string]>([
    ["roc_auc", bare, {}, "it needs a score column"],
    ["roc_auc", { ...bare, score: "s" }, {}, "it needs to know which label is the positive one"],
    ["roc_auc_gain", scored, {}, "it needs a baseline column to compare with"],
    [
      "roc_auc_gain",
      { ...scored, baseline: "b", weight: "w" },
      {},
      "paired AUCs cannot be compared with weights",
    ],
    ["f1", classes, {}, "it needs to know which label is the positive one"],
    ["f1", scored, {}, "it needs the threshold from which the score means the positive class"],
    [
      "accuracy",
      bare,
      {},
      "it needs the predicted class: a prediction column, or a score column with a threshold",
    ],
    [
      "f1",
      { ...classes, positive: 1 },
      { labels: ["a"] },
      "the classes to average over (labels) need a prediction column and an average other than binary",
    ],
    ["log_loss", bare, {}, "it needs a column with the probability of the positive class"],
    [
      "log_loss",
      { ...bare, scores: [{ class: "a", column: "a" }] },
      {},
      "it needs the probability columns of at least two classes",
    ],
    [
      "log_loss",
      {
        ...bare,
        scores: [
          { class: 1, column: "a" },
          { class: "1", column: "b" },
        ],
      },
      {},
      "a class has more than one probability column",
    ],
    [
      "expected_calibration_error",
      { ...bare, score: "s" },
      { top_label: true },
      "top labels need a prediction column",
    ],
    ["r2", bare, {}, "it needs a column with the predicted number"],
    ["max_error", { ...classes, weight: "w" }, {}, "a largest error has no use for weights"],
  ])("%s of %j with %j", (name, columns, given, unmet) => {
    const read = readParams(named(name), given);
    if (read.kind === "wrong") throw new Error(read.because);
    expect(named(name).unmet({ columns, params: read.params })).toBe(unmet);
  });
});

test("the keys of the groups come first in what is read", async () => {
  const metric = named("accuracy");
  const input = inputOf(metric, classes);
  const aggregate = metric.aggregate(input, [{ kind: "values", column: "group" }]);
  expect(aggregate.by.map((dimension) => "column" in dimension && dimension.column)).toEqual([
    "group",
    "label",
    "prediction",
  ]);
  const answer = await cellsOf(
    metric,
    input,
    [{ kind: "values", column: "group" }],
    tableOf({ group: ["x"], label: ["a"], prediction: ["a"] }),
  );
  expect(answer.keys.map((column) => column[0])).toEqual(["x", "a", "a"]);
});
