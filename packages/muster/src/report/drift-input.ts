import type { Drift, DriftRule } from "../evaluate/drift/drift.ts";
import type { PredictionShift } from "../evaluate/drift/prediction-shift.ts";

/** A comparison as it is reported. */
export interface DriftInput {
  /** As they were named in the call. */
  readonly base: string;
  readonly current: string;
  readonly drift: Drift;
  readonly rule: DriftRule;
  readonly shift?: PredictionShift;
}
