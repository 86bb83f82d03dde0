import { describe, expect, test } from "vitest";
import { normalTails } from "../../stats/normal.ts";
import { uniforms } from "../../stats/uniforms.ts";
import { allowed, missed, normal, scoredCells } from "./fixtures/coverage.ts";
import { inputOf, named } from "./fixtures/measuring.ts";
import type { MetricColumns } from "./metric.ts";

const columns: MetricColumns = { table: "t", label: "y", positive: 1, score: "s" };
const runs = 400;

/** A share of rows is positive, with normal scores that are `apart` higher; `round` ties them. */
interface Population {
  readonly share: number;
  readonly apart: number;
  readonly step: number;
}

const rate = (p: Population, t: number) => ({
  tpr: normalTails(t - p.apart).upper,
  fpr: normalTails(t).upper,
});

/** The best of what a threshold gives, over a fine grid of all there are: those of the rounding, where there is one. */
function best(
  p: Population,
  of: (rates: { tpr: number; fpr: number; precision: number; f1: number }) => number,
): number {
  let found = Number.NEGATIVE_INFINITY;
  const step = p.step === 0 ? 0.001 : p.step;
  for (let i = Math.round(-8 / step); i <= Math.round(8 / step); i++) {
    // A score is rounded to the nearest, so that a threshold at one is that of the middle below it.
    const { tpr, fpr } = rate(p, i * step - (p.step === 0 ? 0 : step / 2));
    const all = p.share * tpr + (1 - p.share) * fpr;
    const precision = all > 1e-12 ? (p.share * tpr) / all : 0;
    found = Math.max(found, of({ tpr, fpr, precision, f1: (2 * p.share * tpr) / (all + p.share) }));
  }
  return found;
}

const draw = (p: Population, rows: number) => (random: () => number) =>
  scoredCells(
    Array.from({ length: rows }, () => {
      const positive = random() < p.share;
      const score = (positive ? p.apart : 0) + normal(random);
      return { positive, score: p.step === 0 ? score : Math.round(score / p.step) * p.step };
    }),
  );

const smooth: Population = { share: 0.2, apart: 2, step: 0 };
const tied: Population = { share: 0.4, apart: 1.5, step: 0.5 };

describe.each([
  ["smooth scores", smooth],
  ["tied scores", tied],
] as const)("of %s", (_, p) => {
  test.each([
    { name: "ks_score", params: {}, truth: best(p, ({ tpr, fpr }) => tpr - fpr) },
    { name: "best_f1", params: {}, truth: best(p, ({ f1 }) => f1) },
    {
      name: "recall_at_precision",
      params: { precision: 0.8 },
      truth: best(p, ({ precision, tpr }) => (precision >= 0.8 ? tpr : 0)),
    },
    {
      name: "precision_at_recall",
      params: { recall: 0.6 },
      truth: best(p, ({ precision, tpr }) => (tpr >= 0.6 ? precision : 0)),
    },
    { name: "fpr_at_tpr", params: { tpr: 0.8 }, truth: -best(p, ({ tpr, fpr }) => (tpr >= 0.8 ? -fpr : -1)) },
  ])("$name misses no more often than it says", ({ name, params, truth }) => {
    const metric = named(name);
    const survey = {
      metric,
      input: inputOf(metric, columns, params),
      truth,
      runs,
      seed: 13,
      draw: draw(p, 400),
    };
    for (const side of ["lower", "upper"] as const) {
      const { share, without } = missed(survey, side);
      expect(without).toBeLessThan(0.01);
      expect(share).toBeLessThan(allowed(runs));
    }
  });
});

test.each([
  ["ks_score", {}, 0.03],
  ["best_f1", {}, 0.04],
  ["recall_at_precision", { precision: 0.8 }, 0.09],
  ["precision_at_recall", { recall: 0.6 }, 0.06],
  ["fpr_at_tpr", { tpr: 0.8 }, 0.01],
] as const)("%s of many rows has bounds close to it, so that it can be decided", (name, params, width) => {
  const metric = named(name);
  const input = inputOf(metric, columns, params);
  const found = metric.finish(input, draw(smooth, 50_000)(uniforms(7)));
  if (found.kind !== "value") throw new Error("no value");
  const ends = (["lower", "upper"] as const).map((side) => metric.bound(found.facts, 0.95, side));
  const [low, high] = ends.map((end) => (end.kind === "value" ? end.value : Number.NaN));
  expect(found.value - (low ?? 0)).toBeLessThan(width);
  expect((high ?? 1) - found.value).toBeLessThan(width);
});
