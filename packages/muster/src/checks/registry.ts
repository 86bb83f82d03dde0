import type { Check } from "./check.ts";
import { classBalance } from "./data/class-balance.ts";
import { classRows } from "./data/class-rows.ts";
import { dateRange } from "./data/date-range.ts";
import { distinctUnits } from "./data/distinct-units.ts";
import { freshness } from "./data/freshness.ts";
import { inputColumn } from "./data/input-column.ts";
import { inputPresent } from "./data/input-present.ts";
import { inputRange } from "./data/input-range.ts";
import { inputValues } from "./data/input-values.ts";
import { labelQuality } from "./data/label-quality.ts";
import { noLeakage } from "./data/no-leakage.ts";
import { rowCount } from "./data/row-count.ts";
import { sourceReadable } from "./data/source-readable.ts";
import { beatsBaseline } from "./release/beats-baseline.ts";
import { metricHolds } from "./release/metric-holds.ts";
import { modelNames } from "./release/model-names.ts";
import { modelSize } from "./release/model-size.ts";
import { modelTensor } from "./release/model-tensor.ts";
import { outputRange } from "./release/output-range.ts";
import { positiveWorkload } from "./release/positive-workload.ts";
import { riskControls } from "./release/risk-controls.ts";

// A claim names its check by id and `compile` pairs each check with its own subject and promise, so the one cast that
// forgets their types is here.
const all = [
  classBalance,
  classRows,
  dateRange,
  distinctUnits,
  freshness,
  inputColumn,
  inputPresent,
  inputRange,
  inputValues,
  labelQuality,
  noLeakage,
  rowCount,
  sourceReadable,
  beatsBaseline,
  metricHolds,
  modelNames,
  modelSize,
  modelTensor,
  outputRange,
  positiveWorkload,
  riskControls,
] as unknown as readonly Check<unknown, unknown>[];

/** Every check that Muster has, by its id. */
export const registry: ReadonlyMap<string, Check<unknown, unknown>> = new Map(
  all.map((check) => [check.id, check]),
);
