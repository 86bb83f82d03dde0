import type { MetricColumns } from "../checks/metrics/metric.ts";
import {
  both,
  difference,
  isNegative,
  isPositive,
  isPresent,
  not,
  product,
} from "../checks/metrics/row-conditions.ts";
import type { Measure } from "../query/aggregate.ts";
import { column, type Expression } from "../query/expression.ts";
import type { Predicate } from "../query/predicate.ts";
import type { Scalar } from "../query/scalar.ts";

/** What makes a row bad, for a metric of which slices are searched. */
export interface SliceBadness {
  readonly of: "rate" | "mean";
  /** Named as `Badness`; they add up over groups. */
  readonly values: Readonly<Record<"rows" | "bad" | "squares", Measure>>;
}

/** Metrics of which slices can be searched, and what is bad in their words. */
export const sliceMetrics: ReadonlyMap<string, string> = new Map([
  ["accuracy", "wrong"],
  ["false_positive_rate", "called positive"],
  ["specificity", "called positive"],
  ["false_negative_rate", "missed"],
  ["recall", "missed"],
  ["precision", "wrongly called positive"],
  ["mean_absolute_error", "error"],
  ["mean_squared_error", "squared error"],
  ["log_loss", "loss"],
]);

/**
 * The badness of a row by the metric, or in words what the columns lack. `classes` are the label's values, for accuracy of
 * predicted classes: a row is wrong there whichever two classes were mixed up.
 */
export function sliceBadness(
  metric: string,
  columns: MetricColumns,
  classes: readonly Scalar[] = [],
): SliceBadness | string {
  if (metric === "mean_absolute_error" || metric === "mean_squared_error") return ofError(metric, columns);
  if (metric === "log_loss") return ofLogLoss(columns);
  const { label, prediction } = columns;
  if (classes.length > 0 && prediction !== undefined) {
    const wrong = classes.map((value) =>
      both({ kind: "equals", column: label, value }, not({ kind: "equals", column: prediction, value })),
    );
    return ofRate(both(isPresent(label), isPresent(prediction)), { kind: "any", of: wrong });
  }
  if (columns.positive === undefined) return "it needs the positive class";
  const called = calledPositive(columns);
  if (called === null) return "it needs a prediction, or a score with a threshold";
  const [positive, negative] = [isPositive(columns), isNegative(columns)];
  const given = columns.threshold === undefined ? columns.prediction : columns.score;
  const answered = isPresent(given ?? "");
  const rate = (rows: Predicate, bad: Predicate): SliceBadness => ofRate(both(rows, answered), bad);
  switch (metric) {
    case "accuracy":
      return rate(isPresent(columns.label), {
        kind: "any",
        of: [both(positive, not(called)), both(negative, called)],
      });
    case "false_positive_rate":
    case "specificity":
      return rate(negative, called);
    case "false_negative_rate":
    case "recall":
      return rate(positive, not(called));
    case "precision":
      return rate(both(isPresent(columns.label), called), negative);
    default:
      return `slices can be searched by ${[...sliceMetrics.keys()].join(", ")}`;
  }
}

function ofRate(rows: Predicate, bad: Predicate): SliceBadness {
  const count: Measure = { fn: "count", where: both(rows, bad) };
  return { of: "rate", values: { rows: { fn: "count", where: rows }, bad: count, squares: count } };
}

function calledPositive({ prediction, score, threshold, positive }: MetricColumns): Predicate | null {
  if (score !== undefined && threshold !== undefined) {
    return { kind: "compare", column: score, operator: ">=", value: threshold };
  }
  if (prediction === undefined || positive === undefined) return null;
  return { kind: "equals", column: prediction, value: positive };
}

function ofError(metric: string, columns: MetricColumns): SliceBadness | string {
  const predicted = columns.prediction ?? columns.score;
  if (predicted === undefined) return "it needs a prediction";
  const off = difference(column(predicted), column(columns.label));
  const loss: Expression =
    metric === "mean_squared_error" ? product(off, off) : { kind: "absolute", of: off };
  return ofLoss(loss, both(isPresent(predicted), isPresent(columns.label)));
}

function ofLogLoss(columns: MetricColumns): SliceBadness | string {
  const { score, positive } = columns;
  if (positive === undefined) return "it needs the positive class";
  if (score === undefined) return "it needs a score that is a probability";
  const one: Expression = { kind: "constant", value: 1 };
  const log = (of: Expression): Expression => ({ kind: "log", of, floor: 1e-15 });
  const likelihood: Expression = {
    kind: "sum_of",
    terms: [
      product({ kind: "indicator", where: isPositive(columns) }, log(column(score))),
      product({ kind: "indicator", where: isNegative(columns) }, log(difference(one, column(score)))),
    ],
  };
  const loss = product({ kind: "constant", value: -1 }, likelihood);
  return ofLoss(loss, both(isPresent(score), isPresent(columns.label)));
}

function ofLoss(loss: Expression, where: Predicate): SliceBadness {
  return {
    of: "mean",
    values: {
      rows: { fn: "count", where },
      bad: { fn: "sum", of: loss, where },
      squares: { fn: "sum", of: product(loss, loss), where },
    },
  };
}
