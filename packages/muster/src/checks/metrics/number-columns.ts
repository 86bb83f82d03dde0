import type { Measure } from "../../query/aggregate.ts";
import { column, type Expression } from "../../query/expression.ts";
import type { Predicate } from "../../query/predicate.ts";
import type { MetricColumns } from "./metric.ts";
import { both, difference, isPresent, upkeep } from "./row-conditions.ts";

/** The predicted number stands in the prediction column, or where there is none in the score column. */
export function predictedColumn(columns: MetricColumns): string {
  return columns.prediction ?? columns.score ?? "";
}

export function unmetNumber(columns: MetricColumns): string | null {
  return predictedColumn(columns) === "" ? "it needs a column with the predicted number" : null;
}

/** Rows with a true and a predicted number. */
export function bothNumbers(columns: MetricColumns): Predicate {
  return both(isPresent(columns.label), isPresent(predictedColumn(columns)));
}

/** Predicted minus true: above 0 where the model says too much. */
export function errorOf(columns: MetricColumns): Expression {
  return difference(column(predictedColumn(columns)), column(columns.label));
}

export function numberUpkeep(columns: MetricColumns): Record<string, Measure> {
  return upkeep(columns, isPresent(columns.label), isPresent(predictedColumn(columns)));
}
