import {
  bestF1Bound,
  type CurveSample,
  curveSample,
  ksBound,
  precisionAtRecallBound,
  recallAtPrecisionBound,
} from "../../stats/curve-bounds.ts";
import { type Interval, oneSided, type Side } from "../../stats/interval.ts";
import type { Cut } from "../../stats/score-curves.ts";
import { bounds } from "./bounds.ts";
import type { Bound, Facts, Metric } from "./metric.ts";
import { noBound } from "./resample.ts";
import type { CellWeights } from "./score-metric.ts";

/** Facts for the bound of a point of a curve: the curve at fixed ranks, and what was asked of it. */
export function curveFacts(all: readonly Cut[], asked: Facts, { weighted }: CellWeights): Facts {
  const { tp: positives = 0, fp: negatives = 0 } = all.at(-1) ?? {};
  if (weighted) return noBound("with weights it needs the units to resample by (data.evaluation.unit_id)");
  const { points } = curveSample(all, positives, negatives);
  return {
    ...asked,
    curve_points: points.length,
    ...Object.fromEntries(
      points.flatMap(({ tp, fp }, i) => [
        [`tp_${i}`, tp],
        [`fp_${i}`, fp],
      ]),
    ),
  };
}

type CurveBounds = Pick<Metric, "interval" | "bound">;
type CurveBound = (facts: Facts, confidence: number, side: Side) => number;

const sampleOf = (facts: Facts): CurveSample => ({
  points: Array.from({ length: facts.curve_points ?? 0 }, (_, i) => ({
    tp: facts[`tp_${i}`] ?? 0,
    fp: facts[`fp_${i}`] ?? 0,
  })),
  positives: facts.positives ?? 0,
  negatives: facts.negatives ?? 0,
});

/** The bounds by the curve's facts, and by units where there are any. */
function byCurve(of: CurveBound, known: string): CurveBounds {
  const bound = (facts: Facts, confidence: number, side: Side): Bound =>
    Object.hasOwn(facts, known) &&
    !Object.hasOwn(facts, "replicates") &&
    !Object.hasOwn(facts, "no_unit_bound")
      ? { kind: "value", value: of(facts, confidence, side) }
      : bounds.bound(facts, confidence, side);
  return {
    bound,
    interval(facts, confidence): Interval | null {
      const [low, high] = (["lower", "upper"] as const).map((side) =>
        bound(facts, oneSided(confidence), side),
      );
      return low?.kind === "value" && high?.kind === "value" ? [low.value, high.value] : null;
    },
  };
}

export const ksBounds: CurveBounds = byCurve(
  (facts, confidence, side) =>
    ksBound(facts.ks ?? 0, facts.positives ?? 0, facts.negatives ?? 0, confidence, side),
  "ks",
);
export const recallAtPrecisionBounds: CurveBounds = byCurve(
  (facts, confidence, side) =>
    recallAtPrecisionBound(sampleOf(facts), facts.precision ?? 1, confidence, side),
  "curve_points",
);
export const precisionAtRecallBounds: CurveBounds = byCurve(
  (facts, confidence, side) => precisionAtRecallBound(sampleOf(facts), facts.recall ?? 1, confidence, side),
  "curve_points",
);
export const bestF1Bounds: CurveBounds = byCurve(
  (facts, confidence, side) => bestF1Bound(sampleOf(facts), confidence, side),
  "curve_points",
);
