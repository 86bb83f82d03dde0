import { averagePrecision } from "./average-precision.ts";
import {
  f1,
  falseNegativeRate,
  falsePositiveRate,
  fbeta,
  jaccard,
  negativePredictiveValue,
  precision,
  recall,
  specificity,
} from "./class-metrics.ts";
import { expectedCalibrationError } from "./expected-calibration-error.ts";
import { explainedVariance, r2 } from "./explained-share.ts";
import { meanAbsolutePercentageError } from "./mean-absolute-percentage-error.ts";
import type { Metric } from "./metric.ts";
import { brierScore, logLoss } from "./probability-losses.ts";
import {
  bias,
  maxError,
  meanAbsoluteError,
  meanSquaredError,
  meanSquaredLogError,
  rootMeanSquaredError,
} from "./regression-losses.ts";
import { rocAuc } from "./roc-auc.ts";
import { rocAucGain } from "./roc-auc-gain.ts";
import {
  accuracy,
  balancedAccuracy,
  cohenKappa,
  hammingLoss,
  matthewsCorrcoef,
  negativeLikelihoodRatio,
  positiveLikelihoodRatio,
  zeroOneLoss,
} from "./table-metrics.ts";

const metrics: readonly Metric[] = [
  rocAuc,
  rocAucGain,
  averagePrecision,
  accuracy,
  balancedAccuracy,
  precision,
  recall,
  specificity,
  negativePredictiveValue,
  falsePositiveRate,
  falseNegativeRate,
  f1,
  fbeta,
  jaccard,
  matthewsCorrcoef,
  cohenKappa,
  hammingLoss,
  zeroOneLoss,
  positiveLikelihoodRatio,
  negativeLikelihoodRatio,
  logLoss,
  brierScore,
  expectedCalibrationError,
  meanAbsoluteError,
  meanSquaredError,
  rootMeanSquaredError,
  meanAbsolutePercentageError,
  meanSquaredLogError,
  maxError,
  bias,
  r2,
  explainedVariance,
];

const byName: ReadonlyMap<string, Metric> = new Map(
  metrics.flatMap((metric) => [metric.name, ...metric.aliases].map((name) => [name, metric] as const)),
);

/** The metric of that name or alias, or null. */
export function metricNamed(name: string): Metric | null {
  return byName.get(name) ?? null;
}

/** The names of all metrics, without aliases, in the order of the docs page. */
export function metricNames(): readonly string[] {
  return metrics.map((metric) => metric.name);
}

/** Up to three names or aliases that someone may have meant, the nearest first. */
export function similarMetricNames(name: string): readonly string[] {
  const wanted = normal(name.slice(0, 60));
  const near = Array.from(byName.keys(), (known) => {
    const other = normal(known);
    const away = other.includes(wanted) || wanted.includes(other) ? 1 : editDistance(wanted, other);
    return { known, away, most: Math.max(2, Math.floor(wanted.length / 3)) };
  });
  return near
    .filter(({ away, most }) => wanted.length > 1 && away <= most)
    .sort((a, b) => a.away - b.away || (a.known < b.known ? -1 : 1))
    .slice(0, 3)
    .map(({ known }) => known);
}

function normal(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

function editDistance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (before[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(swap, (before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    before = row;
  }
  return before[b.length] ?? 0;
}
