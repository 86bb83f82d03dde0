import { describe, expect, test } from "vitest";
import { normalTails } from "../../stats/normal.ts";
import { allowed, missed, normal, type Scored, scoredCells } from "./fixtures/coverage.ts";
import { inputOf, named } from "./fixtures/measuring.ts";
import type { MetricColumns } from "./metric.ts";

// Populations whose true values are known are drawn over and over: bounds have to miss as seldom as they say.

const columns: MetricColumns = { table: "t", label: "y", positive: 1, score: "s" };
const weighed: MetricColumns = { ...columns, weight: "w" };
const runs = 1500;

/** Normal scores of both classes, those of positives `apart` higher. */
const binormal =
  (positives: number, negatives: number, apart: number) =>
  (random: () => number): Scored[] => [
    ...Array.from({ length: positives }, () => ({ score: apart + normal(random), positive: true })),
    ...Array.from({ length: negatives }, () => ({ score: normal(random), positive: false })),
  ];

/** Integrates over the negatives' upper shares from 0 to `end`. */
function overShares(end: number, of: (share: number, score: number) => number): number {
  const steps = 20_000;
  let sum = 0;
  let score = 8;
  for (let i = 0; i < steps; i++) {
    const share = ((i + 0.5) / steps) * end;
    // The score that this share is above, by Newton's method from the last one.
    for (let k = 0; k < 6; k++) {
      const density = Math.exp((-score * score) / 2) / Math.sqrt(2 * Math.PI);
      score = Math.max(
        -8,
        Math.min(8, score + Math.max(-1, Math.min(1, (normalTails(score).upper - share) / density))),
      );
    }
    sum += of(share, score) * (end / steps);
  }
  return sum;
}

function partialTruth(apart: number, maxFpr: number): number {
  const area = overShares(maxFpr, (_, score) => normalTails(score - apart).upper);
  const least = maxFpr ** 2 / 2;
  return 0.5 * (1 + (area - least) / (maxFpr - least));
}

describe("a part of the ROC curve", () => {
  test.each([
    { positives: 60, negatives: 500, apart: 1.5, maxFpr: 0.2 },
    { positives: 300, negatives: 1000, apart: 1, maxFpr: 0.1 },
    { positives: 200, negatives: 400, apart: 2.5, maxFpr: 0.3 },
    { positives: 40, negatives: 500, apart: 2.5, maxFpr: 0.2 },
    { positives: 800, negatives: 1000, apart: 2, maxFpr: 0.1 },
  ])("of $positives and $negatives rows up to $maxFpr", ({ positives, negatives, apart, maxFpr }) => {
    const metric = named("roc_auc");
    const input = inputOf(metric, columns, { max_fpr: maxFpr });
    const drawn = binormal(positives, negatives, apart);
    const draw = (random: () => number) => scoredCells(drawn(random));
    const survey = { metric, input, truth: partialTruth(apart, maxFpr), runs, seed: 5, draw };
    for (const side of ["lower", "upper"] as const) {
      const { share, without } = missed(survey, side);
      expect(without).toBeLessThan(0.01);
      expect(share).toBeLessThan(allowed(runs));
      expect(share).toBeGreaterThan(0.015);
    }
  });
});

/** Rows are drawn twice as often where the score is above 0, and weigh half as much there. */
const biased =
  (rows: number, apart: number) =>
  (random: () => number): Scored[] => {
    const drawn: Scored[] = [];
    while (drawn.length < rows) {
      const positive = random() < 0.3;
      const score = (positive ? apart : 0) + normal(random);
      if (score > 0) drawn.push({ score, positive, weight: 1 });
      else if (random() < 0.33) drawn.push({ score, positive, weight: 1 / 0.33 });
    }
    return drawn;
  };

test.each([200, 1000])("a weighted AUC of %i rows", (rows) => {
  const metric = named("roc_auc");
  const truth = normalTails(1.2 / Math.SQRT2).lower;
  const drawn = biased(rows, 1.2);
  const draw = (random: () => number) => scoredCells(drawn(random));
  for (const side of ["lower", "upper"] as const) {
    const found = missed({ metric, input: inputOf(metric, weighed), truth, runs, seed: 7, draw }, side);
    expect(found.without).toBe(0);
    expect(found.share).toBeLessThan(allowed(runs));
    expect(found.share).toBeGreaterThan(0.01);
  }
});

test.each([200, 1000])("a weighted average precision of %i rows", (rows) => {
  const metric = named("average_precision");
  // The mean precision over positives, by the shares of positives above a score.
  const truth = overShares(
    1,
    (share, score) => (0.3 * share) / (0.3 * share + 0.7 * normalTails(score + 1.2).upper),
  );
  const drawn = biased(rows, 1.2);
  const draw = (random: () => number) => scoredCells(drawn(random));
  for (const side of ["lower", "upper"] as const) {
    const found = missed({ metric, input: inputOf(metric, weighed), truth, runs, seed: 7, draw }, side);
    expect(found.without).toBe(0);
    expect(found.share).toBeLessThan(allowed(runs));
  }
});

describe("what the rows of the highest scores hold", () => {
  // Positives are 20 % of all rows, and their scores 1.5 higher: so far up lies the score that a share of all is above.
  const above = (score: number): number =>
    0.2 * normalTails(score - 1.5).upper + 0.8 * normalTails(score).upper;
  const cutOf = (share: number): number => {
    let [low, high] = [-9, 9];
    for (let i = 0; i < 80; i++) {
      const middle = (low + high) / 2;
      if (above(middle) > share) low = middle;
      else high = middle;
    }
    return low;
  };
  const draw = (rows: number) => (random: () => number) =>
    scoredCells(
      Array.from({ length: rows }, () => {
        const positive = random() < 0.2;
        return { positive, score: (positive ? 1.5 : 0) + normal(random) };
      }),
    );

  test.each([
    { name: "alert_recall", share: 0.1, rows: 400 },
    { name: "alert_recall", share: 0.3, rows: 300 },
    { name: "alert_precision", share: 0.1, rows: 400 },
    { name: "alert_precision", share: 0.02, rows: 3000 },
    { name: "lift", share: 0.1, rows: 400 },
  ])("$name at $share of $rows rows", ({ name, share, rows }) => {
    const metric = named(name);
    const recall = normalTails(cutOf(share) - 1.5).upper;
    const truth =
      name === "alert_recall" ? recall : name === "lift" ? recall / share : (0.2 * recall) / share;
    const survey = {
      metric,
      input: inputOf(metric, columns, { share }),
      truth,
      runs,
      seed: 3,
      draw: draw(rows),
    };
    for (const side of ["lower", "upper"] as const) {
      const { share: found, without } = missed(survey, side);
      expect(without).toBe(0);
      expect(found).toBeLessThan(allowed(runs));
      expect(found).toBeGreaterThan(0.01);
    }
  });
});
