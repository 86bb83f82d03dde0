import { fprAtTprBound } from "../../stats/curve-bounds.ts";
import { rocAuc as rocAucOf, total } from "../../stats/roc-auc.ts";
import { type Cut, cuts, type ScoredCells } from "../../stats/score-curves.ts";
import { bounds } from "./bounds.ts";
import {
  bestF1Bounds,
  curveFacts,
  ksBounds,
  precisionAtRecallBounds,
  recallAtPrecisionBounds,
} from "./curve-facts.ts";
import { keptBounds } from "./kept-bounds.ts";
import type { Bound, Metric } from "./metric.ts";
import { numberParam, type ParamSpec } from "./params.ts";
import { noBound } from "./resample.ts";
import { rocAuc } from "./roc-auc.ts";
import { oneClass, type ScoreResult, scoreMetric } from "./score-metric.ts";

const rate = (says: string): ParamSpec => ({ kind: "number", least: 0, most: 1, default: null, says });

/** Whether a rate is within one unit of rounding of what was asked for. */
const reaches = (value: number, wanted: number): boolean => value >= wanted - 4 * Number.EPSILON;

/** Bounds of the curve count rows; with weights only whole units tell. */
const weighed: NonNullable<Metric["resampled"]> = ({ columns }) => columns.weight !== undefined;

/** The largest TPR - FPR of all thresholds: the statistic of Kolmogorov and Smirnov between the classes' scores. */
export const ksScore: Metric = scoreMetric({
  name: "ks_score",
  aliases: ["kolmogorov_smirnov"],
  direction: "higher",
  range: [0, 1],
  resampled: weighed,
  bounds: ksBounds,
  of(cells, _, { weighted }) {
    const trouble = oneClass(cells);
    if (trouble !== null) return trouble;
    const { P, N } = totals(cells);
    const ks = most(cuts(cells), ({ tp, fp }) => tp / P - fp / N, 0);
    const facts = weighted
      ? noBound("with weights it needs the units to resample by (data.evaluation.unit_id)")
      : { ks };
    return { kind: "value", value: ks, facts };
  },
});

const toGini = (bound: Bound): Bound =>
  bound.kind === "value" ? { kind: "value", value: 2 * bound.value - 1 } : bound;

/** 2 AUC - 1 (Somers' D of the score), with the bounds of the AUC carried over. */
export const gini: Metric = {
  ...scoreMetric({
    name: "gini",
    aliases: ["gini_score", "somers_d"],
    direction: "higher",
    range: [-1, 1],
    of(cells) {
      const auc = rocAucOf(cells);
      return auc.kind === "value" ? { kind: "value", value: 2 * auc.value - 1 } : auc;
    },
  }),
  aggregate: rocAuc.aggregate,
  finish(input, cells) {
    const auc = rocAuc.finish({ ...input, params: new Map() }, cells);
    return auc.kind === "value" ? { ...auc, value: 2 * auc.value - 1 } : auc;
  },
  interval(facts, confidence) {
    const found = bounds.interval(facts, confidence);
    return found === null ? null : [2 * found[0] - 1, 2 * found[1] - 1];
  },
  bound: (facts, confidence, side) => toGini(bounds.bound(facts, confidence, side)),
};

/** The largest recall of all thresholds whose precision is as asked. Choosing a threshold on its own rows flatters it. */
export const recallAtPrecision: Metric = scoreMetric({
  name: "recall_at_precision",
  direction: "higher",
  range: [0, 1],
  params: { precision: rate("The least precision.") },
  unmet: ({ params }) => asked(params, "precision"),
  resampled: weighed,
  bounds: recallAtPrecisionBounds,
  of(cells, params, weights) {
    const P = total(cells.positives);
    if (!(P > 0)) return { kind: "undefined", because: "there is no positive row" };
    const wanted = numberParam(params, "precision");
    const all = cuts(cells);
    const fits = all.filter(({ tp, fp }) => tp + fp > 0 && reaches(tp / (tp + fp), wanted));
    if (fits.length === 0) return { kind: "undefined", because: `no threshold has a precision of ${wanted}` };
    const value = most(fits, ({ tp }) => tp / P, 0);
    return { kind: "value", value, facts: curveFacts(all, { precision: wanted }, weights) };
  },
});

/** The largest precision of all thresholds whose recall is as asked. */
export const precisionAtRecall: Metric = scoreMetric({
  name: "precision_at_recall",
  direction: "higher",
  range: [0, 1],
  params: { recall: rate("The least recall.") },
  unmet: ({ params }) => asked(params, "recall"),
  resampled: weighed,
  bounds: precisionAtRecallBounds,
  of(cells, params, weights) {
    const P = total(cells.positives);
    if (!(P > 0)) return { kind: "undefined", because: "there is no positive row" };
    const wanted = numberParam(params, "recall");
    const all = cuts(cells);
    const value = most(all, ({ tp, fp }) => (reaches(tp / P, wanted) && tp + fp > 0 ? tp / (tp + fp) : 0), 0);
    return { kind: "value", value, facts: curveFacts(all, { recall: wanted }, weights) };
  },
});

/** The least false positive rate of all thresholds whose true positive rate is as asked. */
export const fprAtTpr: Metric = scoreMetric({
  name: "fpr_at_tpr",
  aliases: ["fpr_at_recall"],
  direction: "lower",
  range: [0, 1],
  params: { tpr: rate("The least true positive rate.") },
  unmet: ({ params }) => asked(params, "tpr"),
  resampled: weighed,
  of(cells, params, { weighted }) {
    const trouble = oneClass(cells);
    if (trouble !== null) return trouble;
    const { P, N } = totals(cells);
    const wanted = numberParam(params, "tpr");
    const all = cuts(cells);
    const first = wanted <= 0 ? { fp: 0 } : all.find(({ tp }) => reaches(tp / P, wanted));
    const facts = weighted
      ? noBound("with weights it needs the units to resample by (data.evaluation.unit_id)")
      : keptBounds((confidence, side) => fprAtTprBound(all, wanted, confidence, side));
    return { kind: "value", value: (first?.fp ?? N) / N, facts };
  },
});

/** The largest F1 of all thresholds: what the best one would have given, so an optimistic number. */
export const bestF1: Metric = scoreMetric({
  name: "best_f1",
  aliases: ["max_f1"],
  direction: "higher",
  range: [0, 1],
  resampled: weighed,
  bounds: bestF1Bounds,
  of(cells, _, weights): ScoreResult {
    const P = total(cells.positives);
    if (!(P > 0)) return { kind: "undefined", because: "there is no positive row" };
    const all = cuts(cells);
    const value = most(all, ({ tp, fp }) => (2 * tp) / (tp + fp + P), 0);
    return { kind: "value", value, facts: curveFacts(all, {}, weights) };
  },
});

function totals(cells: ScoredCells): { readonly P: number; readonly N: number } {
  return { P: total(cells.positives), N: total(cells.negatives) };
}

function most(all: readonly Cut[], of: (cut: Cut) => number, least: number): number {
  return all.reduce((best, cut) => Math.max(best, of(cut)), least);
}

function asked(params: Parameters<typeof numberParam>[0], name: string): string | null {
  return Number.isNaN(numberParam(params, name)) ? `it needs to know which (${name})` : null;
}
