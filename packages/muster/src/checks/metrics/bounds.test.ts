import { describe, expect, test } from "vitest";
import { aucBound } from "../../stats/auc-bound.ts";
import { clopperPearsonBound } from "../../stats/clopper-pearson.ts";
import { wilson } from "../../stats/wilson.ts";
import { bounds } from "./bounds.ts";
import type { Facts } from "./metric.ts";

const lower = (facts: Facts, confidence = 0.95) => bounds.bound(facts, confidence, "lower");
const upper = (facts: Facts, confidence = 0.95) => bounds.bound(facts, confidence, "upper");

describe("a proportion", () => {
  test("is decided by Clopper-Pearson and shown by Wilson", () => {
    const facts = { successes: 95, trials: 100 };
    expect(lower(facts)).toEqual({ kind: "value", value: clopperPearsonBound(95, 100, 0.95, "lower") });
    expect(bounds.interval(facts, 0.95)).toEqual(wilson(95, 100, 0.95));
  });

  test("of no trials can be anything", () => {
    expect(lower({ successes: 0, trials: 0 })).toEqual({ kind: "value", value: 0 });
    expect(upper({ successes: 0, trials: 0 })).toEqual({ kind: "value", value: 1 });
  });
});

test("F1 is 2J/(1+J) of the Jaccard index's bound", () => {
  const jaccard = clopperPearsonBound(40, 50, 0.95, "lower");
  expect(lower({ jaccard_successes: 40, jaccard_trials: 50 })).toEqual({
    kind: "value",
    value: (2 * jaccard) / (1 + jaccard),
  });
});

test("adjusted balanced accuracy is the plain one's bound, rescaled", () => {
  const strata = { strata: 2, successes_0: 45, trials_0: 50, successes_1: 16, trials_1: 20 };
  const plain = lower(strata);
  const adjusted = lower({ ...strata, chance: 0.5 });
  if (plain.kind !== "value" || adjusted.kind !== "value") throw new Error("undefined");
  expect(adjusted.value).toBeCloseTo((plain.value - 0.5) / 0.5, 12);
});

describe("an AUC", () => {
  const facts = { auc: 0.8, variance: 0.0009, positives: 60, negatives: 300 };

  test("has the bound of its variance and of its counts", () => {
    expect(lower(facts)).toEqual({ kind: "value", value: aucBound(facts, 0.95, "lower") });
  });

  test("read in cells has the bound of the worst area that the cells leave open", () => {
    expect(lower({ ...facts, half_width: 0.002 })).toEqual(lower({ ...facts, auc: 0.798 }));
    expect(upper({ ...facts, half_width: 0.002 })).toEqual(upper({ ...facts, auc: 0.802 }));
    // Less than the bound of the area itself minus the width: below the middle a bound moves more than its area.
    const [exact, cells] = [lower(facts), lower({ ...facts, half_width: 0.002 })];
    if (exact.kind !== "value" || cells.kind !== "value") throw new Error("undefined");
    expect(cells.value).toBeLessThan(exact.value - 0.002);
    expect(upper({ ...facts, auc: 0.999, half_width: 0.5 })).toEqual({ kind: "value", value: 1 });
  });

  test("without a variance, as with one positive row, still has Newcombe's bound", () => {
    const { variance: _, ...rest } = { ...facts, positives: 1 };
    expect(lower(rest)).toMatchObject({ kind: "value" });
  });
});

test("average precision is decided as a share of the positives, also when it is perfect", () => {
  const perfect = { average_precision: 1, positives: 20, negatives: 180 };
  expect(lower(perfect)).toEqual({ kind: "value", value: clopperPearsonBound(20, 20, 0.95, "lower") });
  const [low, high] = bounds.interval({ ...perfect, average_precision: 0.7 }, 0.95) ?? [];
  // The inverse logit of logit(0.7) -+ 1.959964 / sqrt(20 * 0.21), worked out in Python.
  expect(low).toBeCloseTo(0.47276, 5);
  expect(high).toBeCloseTo(0.85859, 5);
});

describe("where no bound is sound there is none, and the reason", () => {
  test.each<readonly [string, Facts]>([
    ["there are fewer than 10 positive rows", { average_precision: 0.5, positives: 9, negatives: 50 }],
    ["there are fewer than 50 rows", { mean: 1, standard_error: 0.1, effective_rows: 49 }],
    ["one row shows no spread", { mean: 1, standard_error: 0, effective_rows: 1 }],
    [
      "all rows have the same error, so their spread says nothing",
      { mean: 0, standard_error: 0, effective_rows: 500 },
    ],
    [
      "there are fewer than 10 right or fewer than 10 wrong predictions",
      { estimate: 0.9, standard_error: 0.01, logit: 1, correct: 91, errors: 9, smallest_class: 40 },
    ],
    [
      "a class has fewer than 10 rows",
      { estimate: 0.9, standard_error: 0.01, logit: 1, correct: 90, errors: 10, smallest_class: 9 },
    ],
    [
      "its standard error is 0, which says nothing",
      { estimate: 0.9, standard_error: 0, plain: 1, correct: 90, errors: 10, smallest_class: 20 },
    ],
    [
      "a value of exactly -1 or 1 has no bound",
      { estimate: 1, standard_error: 0.1, fisher: 1, correct: 90, errors: 10, smallest_class: 20 },
    ],
    ["no standard error is known for it", { estimate: 0.9, correct: 90, errors: 10, smallest_class: 20 }],
    ["there are fewer than 50 rows", { noise_share: 0.2, standard_error: 0.01, rows: 12 }],
    ["no sound bound is known for it", { noise_share: 0.2, rows: 500 }],
    [
      "there are fewer than 30 positive or fewer than 30 negative rows",
      { gain: 0.1, variance: 0.001, positives: 29, negatives: 900 },
    ],
    ["no sound bound is known for it", {}],
    ["no sound bound is known for it", { bins: 10 }],
  ])("%s", (because, facts) => {
    expect(lower(facts)).toEqual({ kind: "undefined", because });
    expect(upper(facts)).toEqual({ kind: "undefined", because });
  });

  test("and facts that were stored by a prototype's name are not taken for facts", () => {
    const facts: Facts = JSON.parse('{"__proto__": {"successes": 99, "trials": 100}}');
    expect(lower(facts)).toMatchObject({ kind: "undefined" });
  });
});

describe("a mean", () => {
  const facts = { mean: 4, standard_error: 0.5, effective_rows: 400 };

  test("is bounded by Student's t, and its root by the root", () => {
    // scipy 1.17.1: t.ppf(0.95, 399) = 1.648682, t.ppf(0.95, 99) = 1.660391.
    const bound = upper(facts);
    if (bound.kind !== "value") throw new Error("undefined");
    expect(bound.value).toBeCloseTo(4 + 0.5 * 1.648682, 5);
    expect(upper({ ...facts, root: 1 })).toEqual({ kind: "value", value: Math.sqrt(bound.value) });
  });

  test("of losses is never bounded below 0, a signed one may be", () => {
    const near = { mean: 0.1, standard_error: 0.5, effective_rows: 400 };
    expect(lower(near)).toEqual({ kind: "value", value: 0 });
    const signed = lower({ ...near, signed: 1 });
    expect(signed.kind === "value" && signed.value < 0).toBe(true);
  });

  test("taken without its sign is bounded on both sides of 0", () => {
    const negative = { mean: -4, standard_error: 0.5, effective_rows: 400, absolute: 1 };
    expect(upper(negative)).toEqual(upper({ ...negative, mean: 4 }));
    expect(lower(negative)).toEqual(lower({ ...negative, mean: 4 }));
    expect(lower({ ...negative, mean: 0.1 })).toEqual({ kind: "value", value: 0 });
  });

  test("of values within 0..1 has a bound for any distribution while rows are few", () => {
    const few = { mean: 0.1, standard_error: 0.01, effective_rows: 20, bounded: 1 };
    const free = upper(few);
    const large = upper({ ...few, effective_rows: 100 });
    if (free.kind !== "value" || large.kind !== "value") throw new Error("undefined");
    expect(free.value).toBeGreaterThan(0.4);
    expect(large.value).toBeCloseTo(0.1 + 0.01 * 1.660391, 5);
  });
});
