// For people who use Muster as a library. Everything here also runs in a browser; `node.ts` has what needs Node.

// For people who bring their own data engine, model or store.
export type { Check, Finding } from "./checks/check.ts";
export type { Deriver, Derivers } from "./checks/metrics/deriver.ts";
export type {
  ClassColumn,
  Facts,
  Metric,
  MetricByClass,
  MetricColumns,
  MetricInput,
  MetricResult,
  MetricUndefined,
  MetricValue,
  Resolution,
} from "./checks/metrics/metric.ts";
export { type ParamSpec, type Params, readParams } from "./checks/metrics/params.ts";
export { metricNamed, metricNames } from "./checks/metrics/registry.ts";
export { type RowCode, rowCodeMetric } from "./checks/metrics/row-code.ts";
export { passAtK, passHatK } from "./checks/metrics/text/pass-at-k.ts";
export type { Unit } from "./checks/metrics/unit-facts.ts";
export { registry } from "./checks/registry.ts";
export { type Claim, type Section, type Stage, sections, sectionTitles, stages } from "./claims/claim.ts";
export type { Evidence, Measurement } from "./claims/evidence.ts";
export type { InputProfile, Profile } from "./claims/profile.ts";
export { readProfile } from "./claims/read-profile.ts";
export type { Observation, Outcome, Verdict } from "./claims/verdict.ts";
export type { Waiver } from "./claims/waiver.ts";
export type { AggregateAnswer, Batch, Column, Engine, TableInfo } from "./engine/engine.ts";
export { MemoryEngine } from "./engine/memory/memory-engine.ts";
export type { MemoryRow, MemoryTable } from "./engine/memory/memory-table.ts";
export { compile } from "./evaluate/compile.ts";
export { type ConfusionMatrix, confusionMatrix } from "./evaluate/confusion-matrix.ts";
export { modes as driftModes } from "./evaluate/drift/compat/modes.ts";
export {
  type ColumnDrift,
  type Drift,
  type DriftBase,
  type DriftRule,
  drift,
} from "./evaluate/drift/drift.ts";
export { driftBetween } from "./evaluate/drift/drift-between.ts";
export { driftLike, type ToolDrift } from "./evaluate/drift/like-tool.ts";
export { type PredictionShift, predictionShift } from "./evaluate/drift/prediction-shift.ts";
export { type EvaluateOptions, type Evaluation, evaluate } from "./evaluate/evaluate.ts";
export { type Judged, type Judging, judgeAnswers } from "./evaluate/judge-answers.ts";
export { type Measured, type Measuring, measure, measureAll } from "./evaluate/measure.ts";
export { type MeasuringOptions, measuring } from "./evaluate/measuring.ts";
export { type ColumnProfile, profileColumns } from "./evaluate/profile/profile-columns.ts";
export { asProfile } from "./evaluate/training-profile.ts";
export type { CandidateModel, Workbench } from "./evaluate/workbench.ts";
export { type Decision, gate } from "./gate/gate.ts";
export { Asker } from "./judge/ask-all.ts";
export type { CorrectedShare } from "./judge/corrected-share.ts";
export type { Judge, JudgeItem, Judgement, JudgeOptions } from "./judge/judge.ts";
export type { GateCheck, JudgeGate } from "./judge/judge-gate.ts";
export { type OpenAiJudgeOptions, openAiJudge } from "./judge/openai/openai-judge.ts";
export type { Model, ModelSignature, RunOptions, Tensor, TensorSpec } from "./model/model.ts";
export { fit } from "./prepare/fit.ts";
export type { Fitted, FittedFeature, FittedOperation } from "./prepare/fitted.ts";
export { preparedText, readPrepared } from "./prepare/prepared-text.ts";
export { programsOf } from "./prepare/programs.ts";
export { type Skew, type SkewOptions, skew } from "./prepare/skew.ts";
export type { Aggregate, Dimension, Groups, Measure } from "./query/aggregate.ts";
export { type Derivation, derivedColumn } from "./query/derivation.ts";
export type { Expression } from "./query/expression.ts";
export type { Predicate } from "./query/predicate.ts";
export type { Question, QuestionAnswer } from "./query/question.ts";
export type { JudgedColumns } from "./query/read.ts";
export type { Scalar } from "./query/scalar.ts";
export type { Diagnostic, Severity } from "./source/diagnostic.ts";
export { MusterError, type MusterErrorCode } from "./source/muster-error.ts";
export type { Position, Span } from "./source/span.ts";
export { type Classified, needsApproval } from "./spec/diff/change.ts";
export { classifyChanges } from "./spec/diff/classify.ts";
export { type LintOptions, type LintResult, lint } from "./spec/lint.ts";
export { type LintedText, lintText } from "./spec/lint-text.ts";
export { type ParseResult, parse } from "./spec/parse.ts";
export { rules } from "./spec/rules/registry.ts";
export type { Preset, Rule } from "./spec/rules/rule.ts";
export type { Spec } from "./spec/spec.ts";
// Statistics. Wald's intervals of proportions are not offered: near 0 and 1 they miss many times as often as they say.
export { agrestiCoull } from "./stats/agresti-coull.ts";
export { type AucFacts, aucBound, aucInterval } from "./stats/auc-bound.ts";
export { type AucPlan, positivesForAuc, powerOfAuc } from "./stats/auc-power.ts";
export { lag1Autocorrelation } from "./stats/autocorrelation.ts";
export { averagePrecision } from "./stats/average-precision.ts";
export {
  binomialPower,
  flawlessTrialsNeeded,
  type Plan,
  type TrialsNeeded,
  trialsNeeded,
} from "./stats/binomial-power.ts";
export { type Alternative, binomialTest } from "./stats/binomial-test.ts";
export {
  type BinStrategy,
  type CalibrationCurve,
  calibrationCurve,
  type ReliabilityBin,
  reliabilityBins,
} from "./stats/calibration-curve.ts";
export { type CalibrationNoise, calibrationNoise } from "./stats/calibration-noise.ts";
export {
  type ChiSquare,
  chiSquareContingency,
  chiSquareFit,
  cramersV,
  gTestFit,
} from "./stats/chi-square.ts";
export { clopperPearson, clopperPearsonBound } from "./stats/clopper-pearson.ts";
export { cohenKappa, type Kappa, type KappaWeights } from "./stats/cohen-kappa.ts";
export { bernoulliConfidenceSequence } from "./stats/confidence-sequence.ts";
export { delongVariance } from "./stats/delong.ts";
export { type AucWithInterval, delongInterval } from "./stats/delong-interval.ts";
export { energyDistance } from "./stats/energy-distance.ts";
export { entropy } from "./stats/entropy.ts";
export { type EstimatedPerformance, estimatedPerformance } from "./stats/estimated-performance.ts";
export { fleissKappa } from "./stats/fleiss-kappa.ts";
export {
  type Disparity,
  groupDisparity,
  type Rate,
  type Reversal,
  simpsonReversal,
} from "./stats/group-disparity.ts";
export { hellingerDistance } from "./stats/hellinger-distance.ts";
export { doaneBins, sturgesBins } from "./stats/histogram-bins.ts";
export { finitePopulationLowerBound } from "./stats/hypergeometric.ts";
export type { Interval, Side } from "./stats/interval.ts";
export { isotonicRegression } from "./stats/isotonic-regression.ts";
export { jeffreys } from "./stats/jeffreys.ts";
export { jensenShannonDistance, jensenShannonDivergence } from "./stats/jensen-shannon-distance.ts";
export { type KappaTest, kappaTest } from "./stats/kappa-test.ts";
export { klDivergence } from "./stats/kl-divergence.ts";
export { krippendorffAlpha, type Level } from "./stats/krippendorff-alpha.ts";
export { type KolmogorovSmirnov, type KsOptions, ks2samp } from "./stats/ks-2samp.ts";
export { lInfinityDistance } from "./stats/l-infinity-distance.ts";
export { type LabelShift, labelShift } from "./stats/label-shift.ts";
export { type LinearRegression, linearRegression, polynomialRegression } from "./stats/linear-regression.ts";
export { type MannWhitney, mannWhitney } from "./stats/mann-whitney.ts";
export { mcnemar, mcnemarExact } from "./stats/mcnemar.ts";
export {
  betaBinomialLogMixture,
  normalLogMixture,
  normalMixtureBound,
  normalMixtureRho,
  type Tuning,
} from "./stats/mixture-boundary.ts";
export { type Moments, mergeMoments, momentsOf, noMoments, sampleDeviation } from "./stats/moments.ts";
export { type Murphy, murphy } from "./stats/murphy.ts";
export { naiveScale } from "./stats/naive-scale.ts";
export { type Adjustment, adjustP } from "./stats/p-adjust.ts";
export { type PairedAuc, type PairedCells, pairedDelong } from "./stats/paired-delong.ts";
export { populationStabilityIndex } from "./stats/population-stability-index.ts";
export { type Proportion, proportionDifference } from "./stats/proportion-difference.ts";
export { rocAuc, type ScoreCells } from "./stats/roc-auc.ts";
export {
  type DetCurve,
  detCurve,
  type PrecisionRecallCurve,
  precisionRecallCurve,
  type RocCurve,
  rocCurve,
  type ScoredCells,
  scoreCells,
} from "./stats/score-curves.ts";
export type { Statistic } from "./stats/statistic.ts";
export { totalVariationDistance, totalVariationNoise } from "./stats/total-variation-distance.ts";
export {
  powerOfTwoProportions,
  sampleOfTwoProportions,
  type TwoProportions,
} from "./stats/two-proportions.ts";
export { wassersteinDistance } from "./stats/wasserstein-distance.ts";
export { type QuantileMethod, weightedQuantile } from "./stats/weighted-quantile.ts";
export { type WeightedValues, weightedValues } from "./stats/weighted-values.ts";
export { wilson, wilsonBound } from "./stats/wilson.ts";
export type { AuditEntry, Pointer, Release, Run, Store } from "./store/store.ts";
export { compileProgram } from "./transform/compile-program.ts";
export type { Program, Projection } from "./transform/program.ts";
