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
