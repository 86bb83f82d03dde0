import type { Check } from "./check.ts";
import { accessUntil } from "./data/access-until.ts";
import { classBalance } from "./data/class-balance.ts";
import { classRows } from "./data/class-rows.ts";
import { classShares } from "./data/class-shares.ts";
import { dateGaps } from "./data/date-gaps.ts";
import { dateRange } from "./data/date-range.ts";
import { distinctUnits } from "./data/distinct-units.ts";
import { duplicates } from "./data/duplicates.ts";
import { featureSeparation } from "./data/feature-separation.ts";
import { freshness } from "./data/freshness.ts";
import { inputColumn } from "./data/input-column.ts";
import { inputPresent } from "./data/input-present.ts";
import { inputRange } from "./data/input-range.ts";
import { inputValues } from "./data/input-values.ts";
import { labelAudit } from "./data/label-audit.ts";
import { labelClasses } from "./data/label-classes.ts";
import { labelConflicts } from "./data/label-conflicts.ts";
import { labelQuality } from "./data/label-quality.ts";
import { missingShare } from "./data/missing-share.ts";
import { noLeakage } from "./data/no-leakage.ts";
import { raterAgreement } from "./data/rater-agreement.ts";
import { rowCount } from "./data/row-count.ts";
import { schemaMatch } from "./data/schema-match.ts";
import { sourceReadable } from "./data/source-readable.ts";
import { splitByTime } from "./data/split-by-time.ts";
import { timeOverlap } from "./data/time-overlap.ts";
import { updateGaps } from "./data/update-gaps.ts";
import { usableShare } from "./data/usable-share.ts";
import { beatsBaseline } from "./release/beats-baseline.ts";
import { judgedHolds } from "./release/judged-holds.ts";
import { metricHolds } from "./release/metric-holds.ts";
import { modelFeed } from "./release/model-feed.ts";
import { modelNames } from "./release/model-names.ts";
import { modelSize } from "./release/model-size.ts";
import { modelTensor } from "./release/model-tensor.ts";
import { noSkew } from "./release/no-skew.ts";
import { outputRange } from "./release/output-range.ts";
import { positiveWorkload } from "./release/positive-workload.ts";
import { repeatVariance } from "./release/repeat-variance.ts";
import { riskControls } from "./release/risk-controls.ts";
import { samePreparation } from "./release/same-preparation.ts";
import { versionVariance } from "./release/version-variance.ts";

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
  accessUntil,
  classShares,
  dateGaps,
  duplicates,
  featureSeparation,
  labelAudit,
  labelClasses,
  labelConflicts,
  missingShare,
  raterAgreement,
  schemaMatch,
  splitByTime,
  timeOverlap,
  updateGaps,
  usableShare,
  sourceReadable,
  beatsBaseline,
  judgedHolds,
  metricHolds,
  modelFeed,
  noSkew,
  modelNames,
  modelSize,
  modelTensor,
  outputRange,
  positiveWorkload,
  repeatVariance,
  riskControls,
  versionVariance,
  samePreparation,
] as unknown as readonly Check<unknown, unknown>[];

/** Every check that Muster has, by its id. */
export const registry: ReadonlyMap<string, Check<unknown, unknown>> = new Map(
  all.map((check) => [check.id, check]),
);
