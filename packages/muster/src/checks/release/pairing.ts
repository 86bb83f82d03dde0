import type { Measurement } from "../../claims/evidence.ts";
import type { Groups } from "../../query/aggregate.ts";
import type { Predicate } from "../../query/predicate.ts";
import type { Read } from "../../query/read.ts";
import { answerOf, numberIn } from "../answers.ts";
import type { Answer, Effort } from "../check.ts";
import { decisions } from "../metrics/confusion-table.ts";
import type { Metric, MetricValue } from "../metrics/metric.ts";
import { bootstrapFacts, noUnitBound } from "../metrics/resample.ts";
import { both, isNegative, isPositive } from "../metrics/row-conditions.ts";
import { bucketOf, cellsPerUnit } from "../metrics/unit-facts.ts";
import { bucketCells } from "../metrics/weighted-cells.ts";
import { type MetricSubject, measureMetric, metricInput, metricReads } from "./metric-subject.ts";

/** How the difference of two on the same rows is found: the rows on which they differ tell more than the two numbers. */
export type Pairing =
  /** Paired areas, by DeLong. */
  | { readonly kind: "auc"; readonly gain: MetricSubject }
  /** Shares of the same rows: only those on which one of the two is right, by McNemar. */
  | {
      readonly kind: "rows";
      readonly model: MetricSubject;
      readonly baseline: MetricSubject;
      readonly of: Scope;
    }
  /** Anything else, by drawing the same units for both. */
  | { readonly kind: "units"; readonly model: MetricSubject; readonly baseline: MetricSubject };

type Scope = "all" | "positives" | "negatives";

/** Shares whose denominator is the same for both models. */
const scopes: ReadonlyMap<string, Scope> = new Map([
  ["accuracy", "all"],
  ["zero_one_loss", "all"],
  ["hamming_loss", "all"],
  ["recall", "positives"],
  ["false_negative_rate", "positives"],
  ["specificity", "negatives"],
  ["false_positive_rate", "negatives"],
]);

/** The sharpest pairing that the metric allows, or null where the two can only be compared as if they were independent. */
export function pairingOf(metric: Metric, model: MetricSubject, baseline: MetricSubject): Pairing | null {
  const { score, unit, positive, params, weight, labels } = model;
  // Neither areas nor the rows on which one of two is right are paired by weights.
  const plain = params === undefined && weight === undefined && labels === undefined;
  if (metric.name === "roc_auc" && plain && baseline.score !== undefined) {
    return { kind: "auc", gain: { ...model, metric: "roc_auc_gain", baseline: baseline.score } };
  }
  const of = scopes.get(metric.name);
  const twoClasses = positive !== undefined && (score !== undefined || of !== "all");
  if (of !== undefined && plain && twoClasses && unit?.repeats !== true) {
    return { kind: "rows", model, baseline, of };
  }
  return unit === undefined ? null : { kind: "units", model, baseline };
}

/** Pairs of cells are many, and what they leave open is read again where it matters. */
export function pairingReads(pairing: Pairing, effort: Effort): readonly Read[] {
  switch (pairing.kind) {
    case "auc":
      return metricReads(pairing.gain, effort);
    case "rows":
      return [rowsRead(pairing)];
    case "units":
      return [pairing.model, pairing.baseline].flatMap((subject) => {
        const found = unitsInput(subject, subject === pairing.model ? effort : "exact");
        if (typeof found === "string" || subject.unit === undefined) return [];
        const derive = found.metric.derive?.(found.input) ?? [];
        const aggregate = found.metric.aggregate(found.input, [bucketOf(subject.unit)]);
        return { kind: "aggregate", aggregate, ...(derive.length === 0 ? {} : { derive }) } as const;
      });
    default:
      return pairing satisfies never;
  }
}

function rowsRead({ model, baseline, of }: Extract<Pairing, { kind: "rows" }>): Read {
  const [own, other] = [decisions(model), decisions(baseline)];
  const scope: Predicate =
    of === "positives" ? isPositive(model) : of === "negatives" ? isNegative(model) : both();
  const right = (by: typeof own): Predicate => ({
    kind: "any",
    of: [both(isPositive(model), by.yes), both(isNegative(model), by.no)],
  });
  const wrong = (by: typeof own): Predicate => ({
    kind: "any",
    of: [both(isPositive(model), by.no), both(isNegative(model), by.yes)],
  });
  return {
    kind: "aggregate",
    aggregate: {
      table: model.table,
      by: [],
      values: {
        pairs: { fn: "count", where: both(scope, own.answered, other.answered, labelledBy(model)) },
        only_model: { fn: "count", where: both(scope, right(own), wrong(other)) },
        only_baseline: { fn: "count", where: both(scope, wrong(own), right(other)) },
      },
    },
  };
}

const labelledBy = ({ label }: MetricSubject): Predicate => ({ kind: "is_finite", column: label });

/** The gain of the model over the baseline, above 0 where the model is better; with facts for its bound. */
export function measurePairing(pairing: Pairing, answers: readonly Answer[], effort: Effort): Measurement {
  const label = "gain";
  switch (pairing.kind) {
    case "auc": {
      const [gain] = measureMetric(pairing.gain, answers, effort);
      return gain === undefined ? none(label, "it was not measured") : { ...gain, label };
    }
    case "rows": {
      const { groups } = answerOf(answers, 0, "aggregate");
      const [pairs, model, baseline] = ["pairs", "only_model", "only_baseline"].map((name) =>
        numberIn(groups, name),
      ) as [number, number, number];
      if (pairs === 0) return none(label, "no row is in it");
      const facts = { only_model: model, only_baseline: baseline, pairs };
      return { label, value: (model - baseline) / pairs, rows: pairs, facts };
    }
    case "units":
      return measureUnits(
        pairing,
        answerOf(answers, 0, "aggregate").groups,
        answerOf(answers, 1, "aggregate").groups,
        effort,
      );
    default:
      return pairing satisfies never;
  }
}

/**
 * The model's scores are drawn again a thousand times, so they are read in few cells first. A baseline has few scores mostly,
 * which in one cell would look like many.
 */
function unitsInput(subject: MetricSubject, effort: Effort): ReturnType<typeof metricInput> {
  const found = metricInput(subject, "exact");
  if (typeof found === "string" || effort === "exact") return found;
  return { ...found, input: { ...found.input, resolution: { kind: "cells", per: cellsPerUnit } } };
}

function measureUnits(
  { model, baseline }: Extract<Pairing, { kind: "units" }>,
  ofModel: Groups,
  ofBaseline: Groups,
  effort: Effort,
): Measurement {
  const label = "gain";
  const [own, other] = [unitsInput(model, effort), unitsInput(baseline, "exact")];
  if (typeof own === "string") return none(label, own);
  if (typeof other === "string") return none(label, other);
  const [a, b] = [
    bucketCells(ofModel, own.metric.aggregate(own.input, []).values),
    bucketCells(ofBaseline, other.metric.aggregate(other.input, []).values),
  ];
  if (typeof a === "string" || typeof b === "string" || a.buckets !== b.buckets) {
    return {
      ...none(label, "what it counts cannot be resampled"),
      facts: noUnitBound("what it counts cannot be resampled"),
    };
  }
  const better = own.metric.direction === "higher" ? 1 : -1;
  const both = (weights: Float64Array): readonly [MetricValue, MetricValue] | null => {
    const first = own.metric.finish(own.input, a.weighted(weights));
    const second = other.metric.finish(other.input, b.weighted(weights));
    return first.kind === "value" && second.kind === "value" ? [first, second] : null;
  };
  const gain = ([first, second]: readonly [MetricValue, MetricValue]): number =>
    better * (first.value - second.value);
  const whole = both(new Float64Array(a.buckets).fill(1));
  if (whole === null) return none(label, "one of the two is undefined");
  const facts = bootstrapFacts({ buckets: a.buckets, entries: a.entries + b.entries }, (weights) => {
    const drawn = both(weights);
    return drawn === null ? null : gain(drawn);
  });
  const halfWidth = whole.reduce((sum, { facts: own }) => sum + (own.half_width ?? 0), 0);
  const open = halfWidth > 0 ? { gain: gain(whole), half_width: halfWidth } : {};
  return { label, value: gain(whole), rows: whole[0].rows, facts: { ...facts, ...open } };
}

const none = (label: string, because: string): Measurement => ({
  label,
  value: null,
  undefinedBecause: because,
  rows: 0,
  facts: {},
});
