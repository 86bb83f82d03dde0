import { eventPrecision, eventRecall, falseAlarmsPerDay, selectionRate } from "./alarms.ts";
import { averagePrecision } from "./average-precision.ts";
import {
  adaptiveCalibrationError,
  brierReliability,
  brierResolution,
  brierUncertainty,
  calibrationIntercept,
  calibrationPValue,
  calibrationSlope,
  debiasedCalibrationError,
  spiegelhalterZ,
} from "./calibration-metrics.ts";
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
import { bestF1, fprAtTpr, gini, ksScore, precisionAtRecall, recallAtPrecision } from "./curve-points.ts";
import { customLoss, customScore } from "./custom-sql.ts";
import { d2Tweedie, meanGammaDeviance, meanPoissonDeviance, meanTweedieDeviance } from "./deviances.ts";
import { expectedCalibrationError } from "./expected-calibration-error.ts";
import { expectedCost, expectedUtility } from "./expected-cost.ts";
import { explainedVariance, r2 } from "./explained-share.ts";
import type { Metric } from "./metric.ts";
import { coverageError, labelRankingAveragePrecision, labelRankingLoss } from "./multilabel/label-ranking.ts";
import { d2AbsoluteError, d2Pinball, meanPinballLoss } from "./pinball-losses.ts";
import { intervalCoverage, meanIntervalWidth, winklerScore } from "./prediction-intervals.ts";
import { brierScore, logLoss } from "./probability-losses.ts";
import { absoluteErrorQuantile, medianAbsoluteError } from "./quantile-errors.ts";
import { kendallTauB, spearman } from "./rank-correlation.ts";
import {
  bias,
  maxError,
  meanAbsoluteError,
  meanSquaredError,
  meanSquaredLogError,
  rootMeanSquaredError,
  rootMeanSquaredLogError,
} from "./regression-losses.ts";
import {
  meanAbsolutePercentageError,
  meanAbsoluteScaledError,
  symmetricMeanAbsolutePercentageError,
  weightedAbsolutePercentageError,
} from "./relative-errors.ts";
import { rocAuc } from "./roc-auc.ts";
import { rocAucGain } from "./roc-auc-gain.ts";
import { ofSeveralOutputs } from "./several-outputs.ts";
import { d2Brier, d2LogLoss } from "./skill-scores.ts";
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
import { textMetrics } from "./text/text-metrics.ts";
import { alertPrecision, alertRecall, lift } from "./top-alerts.ts";
import { topKAccuracy } from "./top-k-accuracy.ts";
import { withinTolerance } from "./within-tolerance.ts";

const all: readonly Metric[] = [
  rocAuc,
  rocAucGain,
  averagePrecision,
  gini,
  ksScore,
  recallAtPrecision,
  precisionAtRecall,
  fprAtTpr,
  bestF1,
  alertPrecision,
  alertRecall,
  lift,
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
  expectedCost,
  expectedUtility,
  selectionRate,
  eventRecall,
  eventPrecision,
  falseAlarmsPerDay,
  topKAccuracy,
  coverageError,
  labelRankingAveragePrecision,
  labelRankingLoss,
  logLoss,
  brierScore,
  d2LogLoss,
  d2Brier,
  expectedCalibrationError,
  adaptiveCalibrationError,
  debiasedCalibrationError,
  calibrationPValue,
  calibrationSlope,
  calibrationIntercept,
  spiegelhalterZ,
  brierReliability,
  brierResolution,
  brierUncertainty,
  ofSeveralOutputs(meanAbsoluteError),
  ofSeveralOutputs(meanSquaredError),
  ofSeveralOutputs(rootMeanSquaredError),
  ofSeveralOutputs(medianAbsoluteError),
  absoluteErrorQuantile,
  ofSeveralOutputs(meanAbsolutePercentageError),
  symmetricMeanAbsolutePercentageError,
  weightedAbsolutePercentageError,
  meanAbsoluteScaledError,
  ofSeveralOutputs(meanSquaredLogError),
  ofSeveralOutputs(rootMeanSquaredLogError),
  ofSeveralOutputs(meanPinballLoss),
  meanPoissonDeviance,
  meanGammaDeviance,
  meanTweedieDeviance,
  maxError,
  bias,
  withinTolerance,
  intervalCoverage,
  meanIntervalWidth,
  winklerScore,
  r2,
  explainedVariance,
  d2Tweedie,
  ofSeveralOutputs(d2Pinball),
  ofSeveralOutputs(d2AbsoluteError),
  spearman,
  kendallTauB,
  customScore,
  customLoss,
  ...textMetrics,
];

/** `label` is not what rows of several labels are judged by, so no metric may fall back on it. */
function ofOneLabel(metric: Metric): Metric {
  return {
    ...metric,
    unmet: (input) =>
      input.columns.labels === undefined ? metric.unmet(input) : "it judges one label a row, not several",
  };
}

const metrics: readonly Metric[] = all.map((metric) => (metric.several ? metric : ofOneLabel(metric)));

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
