// For people who use Muster as a library. Everything here also runs in a browser.

// For people who bring their own data engine, model or store.
export type { Check, Finding } from "./checks/check.ts";
export type { Deriver, Derivers } from "./checks/metrics/deriver.ts";
export type {
  ClassColumn,
  Facts,
  Metric,
  MetricColumns,
  MetricInput,
  MetricResult,
  MetricUndefined,
  MetricValue,
} from "./checks/metrics/metric.ts";
export { type ParamSpec, type Params, readParams } from "./checks/metrics/params.ts";
export { metricNamed, metricNames } from "./checks/metrics/registry.ts";
export { type RowCode, rowCodeMetric } from "./checks/metrics/row-code.ts";
export { passAtK, passHatK } from "./checks/metrics/text/pass-at-k.ts";
export { registry } from "./checks/registry.ts";
export { type Claim, type Section, type Stage, sections, sectionTitles, stages } from "./claims/claim.ts";
export type { Evidence, Measurement } from "./claims/evidence.ts";
export type { Observation, Outcome, Verdict } from "./claims/verdict.ts";
export type { Waiver } from "./claims/waiver.ts";
export type { AggregateAnswer, Batch, Column, Engine, TableInfo } from "./engine/engine.ts";
export { MemoryEngine, type MemoryRow, type MemoryTable } from "./engine/memory/memory-engine.ts";
export { compile } from "./evaluate/compile.ts";
export { type EvaluateOptions, type Evaluation, evaluate } from "./evaluate/evaluate.ts";
export { type Judged, type JudgedColumns, type Judging, judgeAnswers } from "./evaluate/judge-answers.ts";
export { type Measured, type Measuring, measure, measureAll } from "./evaluate/measure.ts";
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
export type { Question, QuestionAnswer } from "./query/question.ts";
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
export {
  type BinStrategy,
  type CalibrationCurve,
  calibrationCurve,
  type ReliabilityBin,
  reliabilityBins,
} from "./stats/calibration-curve.ts";
export { type CalibrationNoise, calibrationNoise } from "./stats/calibration-noise.ts";
export {
  type Disparity,
  groupDisparity,
  type Rate,
  type Reversal,
  simpsonReversal,
} from "./stats/group-disparity.ts";
export { finitePopulationLowerBound } from "./stats/hypergeometric.ts";
export { isotonicRegression } from "./stats/isotonic-regression.ts";
export { mcnemar } from "./stats/mcnemar.ts";
export { type Murphy, murphy } from "./stats/murphy.ts";
export { naiveScale } from "./stats/naive-scale.ts";
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
export { type QuantileMethod, weightedQuantile } from "./stats/weighted-quantile.ts";
export type { AuditEntry, Pointer, Release, Run, Store } from "./store/store.ts";
export { compileProgram } from "./transform/compile-program.ts";
export type { Program, Projection } from "./transform/program.ts";
