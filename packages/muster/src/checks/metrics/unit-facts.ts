import type { Dimension, Groups } from "../../query/aggregate.ts";
import type { Facts, Metric, MetricInput } from "./metric.ts";
import { bootstrapFacts, designFacts, type Estimator, noUnitBound } from "./resample.ts";
import { valueVariance } from "./value-variance.ts";
import { bucketCells } from "./weighted-cells.ts";

/** Which rows are of one unit. */
export interface Unit {
  readonly column: string;
  /** Rows of one unit repeat, so that rows are not independent. */
  readonly repeats: boolean;
}

/** Fine enough to tell how rows of one unit go together; the value itself is read as finely as ever. */
export const cellsPerUnit = 1024;

/** How the metric is read by bucket of units, or null where its bound needs none. */
export function unitInput(metric: Metric, input: MetricInput, unit: Unit | undefined): MetricInput | null {
  if (unit === undefined || !(unit.repeats || metric.resampled?.(input) === true)) return null;
  return unit.repeats ? { ...input, resolution: { kind: "cells", per: cellsPerUnit } } : input;
}

export function bucketOf(unit: Unit): Dimension {
  return { kind: "bucket", column: unit.column };
}

/**
 * What the bound of one group needs to know of its units: how much less its rows say for coming from so many units, or
 * where no formula gives a bound, a bootstrap of whole units. `cells` has the bucket as its first key; none for a group that was not found.
 */
export function unitFacts(metric: Metric, input: MetricInput, unit: Unit, cells: Groups | null): Facts {
  const made = cells === null ? null : bucketCells(cells, metric.aggregate(input, []).values);
  if (made === null || typeof made === "string") return noUnitBound("what it counts cannot be resampled");
  const estimate: Estimator = (weights) => {
    const result = metric.finish(input, made.weighted(weights));
    return result.kind === "value" ? result.value : null;
  };
  const whole = metric.finish(input, made.weighted(new Float64Array(made.buckets).fill(1)));
  if (unit.repeats && valueVariance(whole.kind === "value" ? whole.facts : {}) !== null) {
    return designFacts(made, estimate, whole.kind === "value" ? whole.facts : {});
  }
  return bootstrapFacts(made, estimate);
}
