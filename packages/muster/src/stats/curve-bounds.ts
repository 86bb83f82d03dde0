import { clopperPearsonBound } from "./clopper-pearson.ts";
import { f1Bound } from "./f1-bound.ts";
import type { Side } from "./interval.ts";
import { orderStatisticRank } from "./order-statistic-bound.ts";
import type { Cut } from "./score-curves.ts";

/** Positives and negatives above one threshold. */
export interface CurvePoint {
  readonly tp: number;
  readonly fp: number;
}

/** Points of a curve at thresholds whose ranks were fixed before the labels were seen, from the highest threshold down. */
export interface CurveSample {
  readonly points: readonly CurvePoint[];
  readonly positives: number;
  readonly negatives: number;
}

/** So many thresholds are looked at; each more makes bounds a little wider, and each fewer leaves wider gaps. */
export const curveRanks = 64;
const firstRank = 10;

/**
 * The rows strictly above the rows of certain ranks, counted from the highest score: ranks from 10 to all rows in equal
 * ratios. Tied rows are never parted.
 */
export function curveSample(all: readonly Cut[], positives: number, negatives: number): CurveSample {
  const rows = positives + negatives;
  const points: CurvePoint[] = [];
  let at = 0;
  for (let i = 0; i < curveRanks; i++) {
    const rank = firstRank * Math.max(1, rows / firstRank) ** (i / (curveRanks - 1));
    const last = i === curveRanks - 1;
    while (at < all.length && sizeOf(all[at]) < (last ? rows + 1 : rank)) at++;
    const { tp = 0, fp = 0 } = all[at - 1] ?? {};
    points.push({ tp, fp });
  }
  return { points, positives, negatives };
}

const sizeOf = (cut: Cut | undefined): number => (cut === undefined ? 0 : cut.tp + cut.fp);

/**
 * Lower bounds of precision and recall that hold at all points together. Given the score of a fixed rank, the rows above it
 * are independent, so the positives among them are binomial: Clopper-Pearson, by Bonferroni for all points. Recall
 * is within P. Massart's band (Annals of Probability 18 (1990) 1269) at every threshold at once. Each has half of the error.
 */
function surely({ points, positives }: CurveSample, confidence: number): readonly CurveRates[] {
  const alpha = (1 - confidence) / 2;
  const band = Math.sqrt(Math.log(1 / alpha) / (2 * positives));
  return points.map(({ tp, fp }) => ({
    precision: clopperPearsonBound(tp, tp + fp, 1 - alpha / curveRanks, "lower"),
    recall: Math.max(0, tp / positives - band),
  }));
}

interface CurveRates {
  readonly precision: number;
  readonly recall: number;
}

/** What no threshold between two neighbouring points has more of: the positives of the lower, the negatives of the upper. */
function possibly({ points, positives, negatives }: CurveSample): readonly CurvePoint[] {
  const all = [{ tp: 0, fp: 0 }, ...points, { tp: positives, fp: negatives }];
  return all.slice(1).map(({ tp }, i) => ({ tp, fp: all[i]?.fp ?? 0 }));
}

/**
 * The bound of the largest recall of all thresholds with at least this precision. From below the best point that surely
 * has it; from above, as the best threshold is one and the same however often rows are drawn, the best that could
 * have it for its own counts alone, each rate with half of the error.
 */
export function recallAtPrecisionBound(
  sample: CurveSample,
  wanted: number,
  confidence: number,
  side: Side,
): number {
  if (side === "lower") {
    return surely(sample, confidence).reduce(
      (best, { precision, recall }) => (precision >= wanted ? Math.max(best, recall) : best),
      0,
    );
  }
  return pointwise(sample, confidence).reduce(
    (best, { precision, recall }) => (precision >= wanted ? Math.max(best, recall) : best),
    0,
  );
}

/** The bound of the largest precision of all thresholds with at least this recall, in the same way. */
export function precisionAtRecallBound(
  sample: CurveSample,
  wanted: number,
  confidence: number,
  side: Side,
): number {
  const rates = side === "lower" ? surely(sample, confidence) : pointwise(sample, confidence);
  return rates.reduce(
    (best, { precision, recall }) => (recall >= wanted ? Math.max(best, precision) : best),
    0,
  );
}

/** The bound of the largest F1 of all thresholds; from above that of its Jaccard index at each threshold by itself. */
export function bestF1Bound(sample: CurveSample, confidence: number, side: Side): number {
  if (side === "lower") {
    return surely(sample, confidence).reduce(
      (best, { precision: p, recall: r }) => (p + r > 0 ? Math.max(best, (2 * p * r) / (p + r)) : best),
      0,
    );
  }
  return possibly(sample).reduce(
    (best, { tp, fp }) =>
      Math.max(best, f1Bound(tp, sample.positives + fp, confidence, "upper", "clopper-pearson")),
    0,
  );
}

function pointwise(sample: CurveSample, confidence: number): readonly CurveRates[] {
  const each = 1 - (1 - confidence) / 2;
  return possibly(sample).map(({ tp, fp }) => ({
    precision: clopperPearsonBound(tp, tp + fp, each, "upper"),
    recall: clopperPearsonBound(tp, sample.positives, each, "upper"),
  }));
}

/**
 * The bound of the largest TPR - FPR. From below by P. Massart's band of each class with half of the error; from above by
 * W. Hoeffding's inequality (JASA 58 (1963) 13) at the one threshold that is the best in truth.
 */
export function ksBound(
  ks: number,
  positives: number,
  negatives: number,
  confidence: number,
  side: Side,
): number {
  const alpha = 1 - confidence;
  if (side === "lower") {
    const band = Math.sqrt(Math.log(2 / alpha) / 2);
    return Math.max(0, ks - band / Math.sqrt(positives) - band / Math.sqrt(negatives));
  }
  return Math.min(1, ks + Math.sqrt((Math.log(1 / alpha) / 2) * (1 / positives + 1 / negatives)));
}

/**
 * The bound of the false positive rate at the threshold that this share of the positives is at or above. Which ordered
 * positive is surely below (above) that threshold is binomial, and so are the negatives above a score that positives have
 * chosen: each with half of the error, for any distribution of both. `all` are the cuts from the highest score down.
 */
export function fprAtTprBound(all: readonly Cut[], wanted: number, confidence: number, side: Side): number {
  const { tp: positives = 0, fp: negatives = 0 } = all.at(-1) ?? {};
  const each = 1 - (1 - confidence) / 2;
  const rank = orderStatisticRank(positives, 1 - wanted, each, side === "upper" ? "lower" : "upper");
  if (rank === null) return side === "upper" ? 1 : 0;
  // The rank counts from the lowest positive, the cuts from the highest.
  const cut = all[firstReaching(all, positives - rank + 1)];
  return clopperPearsonBound(cut?.fp ?? negatives, negatives, each, side);
}

/** The first cut with so many positives. */
function firstReaching(all: readonly Cut[], positives: number): number {
  let low = 0;
  let high = all.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.tp ?? 0) >= positives) high = middle;
    else low = middle + 1;
  }
  return low;
}
