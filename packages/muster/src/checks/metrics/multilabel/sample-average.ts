import type { Aggregate, Dimension, Groups } from "../../../query/aggregate.ts";
import { column, type Expression } from "../../../query/expression.ts";
import type { Predicate } from "../../../query/predicate.ts";
import type { ZeroDivision } from "../../../stats/class-average.ts";
import type { ClassMetric } from "../../../stats/class-fraction.ts";
import { sumOf, undefinedFor, valueFor } from "../cells.ts";
import { type Loss, lossMeasures, meanFacts, readMeanLoss } from "../mean-loss.ts";
import type { MetricColumns, MetricResult } from "../metric.ts";
import { atLeast, constant, divided, minus, scaled, sum, times } from "../row-arithmetic.ts";
import { anyLabel, labelColumns, labelTrouble, labelUpkeep } from "./label-columns.ts";

const one = (where: Predicate): Expression => ({ kind: "indicator", where });

/** The metric's fraction over the labels of one row, as it is over rows for one class. */
function rowFraction(
  metric: ClassMetric,
  columns: MetricColumns,
): { readonly over: Expression; readonly under: Expression } {
  const classes = labelColumns(columns);
  const truth = sum(...classes.map(({ has }) => one(has)));
  const predicted = sum(...classes.map((own) => one(own.predicted)));
  const hits = sum(...classes.map((own) => one({ kind: "all", of: [own.has, own.predicted] })));
  const all = constant(classes.length);
  const neither = sum(minus(minus(all, truth), predicted), hits);
  switch (metric.kind) {
    case "precision":
      return { over: hits, under: predicted };
    case "recall":
      return { over: hits, under: truth };
    case "specificity":
      return { over: neither, under: minus(all, truth) };
    case "negative_predictive_value":
      return { over: neither, under: minus(all, predicted) };
    case "false_positive_rate":
      return { over: minus(predicted, hits), under: minus(all, truth) };
    case "false_negative_rate":
      return { over: minus(truth, hits), under: truth };
    case "jaccard":
      return { over: hits, under: minus(sum(truth, predicted), hits) };
    case "fbeta": {
      const square = metric.beta * metric.beta;
      return { over: scaled(1 + square, hits), under: sum(scaled(square, truth), predicted) };
    }
  }
}

/** 1 for a row whose fraction is 0/0. Denominators are 0 or well above this. */
const isEmpty = (under: Expression): Expression => minus(constant(1), atLeast(under, constant(1e-9)));

function lossOf(metric: ClassMetric, columns: MetricColumns, zero: ZeroDivision): Loss {
  const { over, under } = rowFraction(metric, columns);
  const empty = isEmpty(under);
  const filled = zero === 1 ? sum(over, empty) : over;
  return { terms: [{ of: divided(filled, sum(under, empty)), where: anyLabel(columns) }] };
}

export function sampleAverageAggregate(
  metric: ClassMetric,
  columns: MetricColumns,
  zero: ZeroDivision,
  by: readonly Dimension[],
): Aggregate {
  const { under } = rowFraction(metric, columns);
  const weight = columns.weight === undefined ? [] : [column(columns.weight)];
  return {
    table: columns.table,
    by,
    values: {
      ...labelUpkeep(columns, "predictions"),
      empty: { fn: "sum", of: times(...weight, isEmpty(under)), where: anyLabel(columns) },
      ...lossMeasures(columns, lossOf(metric, columns, zero)),
    },
  };
}

/** The mean over rows of the metric of each row's labels: rows are independent, so it has a mean's bound. */
export function sampleAverage(columns: MetricColumns, cells: Groups, zero: ZeroDivision): MetricResult {
  const wrong = labelTrouble(cells);
  if (wrong !== null) return wrong;
  const rows = sumOf(cells, "rows");
  if (zero === "undefined" && sumOf(cells, "empty") > 0) {
    return undefinedFor("it is 0/0 for some rows", rows);
  }
  const found = readMeanLoss(columns, cells);
  if (found === null) return undefinedFor("all weights are 0", rows);
  const bounded: Readonly<Record<string, number>> = columns.weight === undefined ? { bounded: 1 } : {};
  return valueFor(found.mean, rows, { ...meanFacts(found), ...bounded });
}
