import type { Rule } from "../rule.ts";
import { gameableSingleMetric } from "./gameable-single-metric.ts";
import { metricDirectionOperator } from "./metric-direction-operator.ts";
import { metricOutOfRange } from "./metric-out-of-range.ts";
import { metricUnsuitedImbalance } from "./metric-unsuited-imbalance.ts";
import { metricVsOutputType } from "./metric-vs-output-type.ts";
import { multiplePrimaries } from "./multiple-primaries.ts";
import { thresholdBelowTrivial } from "./threshold-below-trivial.ts";
import { thresholdNotAboveBaseline } from "./threshold-not-above-baseline.ts";

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
];
