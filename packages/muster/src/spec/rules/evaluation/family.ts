import type { Rule } from "../rule.ts";
import { allSubgroupsPower } from "./all-subgroups-power.ts";
import { anomalyRateVsCapacity } from "./anomaly-rate-vs-capacity.ts";
import { evalNotLikeDeployment } from "./eval-not-like-deployment.ts";
import { gameableSingleMetric } from "./gameable-single-metric.ts";
import { generationWithoutSafety } from "./generation-without-safety.ts";
import { intersectionGap } from "./intersection-gap.ts";
import { llmJudgeUnanchored } from "./llm-judge-unanchored.ts";
import { metricColumnAbsent } from "./metric-column-absent.ts";
import { metricColumnMissing } from "./metric-column-missing.ts";
import { metricDirectionOperator } from "./metric-direction-operator.ts";
import { metricOutOfRange } from "./metric-out-of-range.ts";
import { metricParametersMissing } from "./metric-parameters-missing.ts";
import { metricUnsuitedImbalance } from "./metric-unsuited-imbalance.ts";
import { metricVsOutputType } from "./metric-vs-output-type.ts";
import { multiplePrimaries } from "./multiple-primaries.ts";
import { noUncertaintyRule } from "./no-uncertainty-rule.ts";
import { secondaryAlertInverted } from "./secondary-alert-inverted.ts";
import { subgroupColumnAbsent } from "./subgroup-column-absent.ts";
import { subgroupUnderpowered } from "./subgroup-underpowered.ts";
import { subgroupUnlikeInput } from "./subgroup-unlike-input.ts";
import { subgroupValuesOpen } from "./subgroup-values-open.ts";
import { thresholdBelowTrivial } from "./threshold-below-trivial.ts";
import { thresholdNotAboveBaseline } from "./threshold-not-above-baseline.ts";
import { thresholdPrecisionTheatre } from "./threshold-precision-theatre.ts";

/** The rules of this family, by code. */
export const evaluationRules: readonly Rule[] = [
  metricUnsuitedImbalance,
  thresholdNotAboveBaseline,
  thresholdBelowTrivial,
  metricDirectionOperator,
  metricOutOfRange,
  metricVsOutputType,
  multiplePrimaries,
  gameableSingleMetric,
  metricParametersMissing,
  subgroupColumnAbsent,
  subgroupValuesOpen,
  subgroupUnderpowered,
  allSubgroupsPower,
  intersectionGap,
  thresholdPrecisionTheatre,
  noUncertaintyRule,
  secondaryAlertInverted,
  evalNotLikeDeployment,
  generationWithoutSafety,
  llmJudgeUnanchored,
  anomalyRateVsCapacity,
  subgroupUnlikeInput,
  metricColumnMissing,
  metricColumnAbsent,
];
