import type { Aggregate, Dimension, Measure } from "./aggregate.ts";
import type { Expression } from "./expression.ts";
import type { Predicate } from "./predicate.ts";

/** Every column that an aggregate reads; a column may come more than once. */
export function columnsOf(aggregate: Aggregate): string[] {
  return [
    ...aggregate.by.flatMap(inDimension),
    ...Object.values(aggregate.values).flatMap(inMeasure),
    ...(aggregate.where === undefined ? [] : inPredicate(aggregate.where)),
    ...(aggregate.among ?? []).flatMap(({ dimension }) => inDimension(dimension)),
  ];
}

function inDimension(dimension: Dimension): string[] {
  return dimension.kind === "number" || dimension.kind === "cell"
    ? inExpression(dimension.of)
    : [dimension.column];
}

function inMeasure(measure: Measure): string[] {
  if (measure.fn === "count_distinct") return [measure.column];
  const where = measure.where === undefined ? [] : inPredicate(measure.where);
  return measure.fn === "count" ? where : [...inExpression(measure.of), ...where];
}

function inExpression(expression: Expression): string[] {
  switch (expression.kind) {
    case "column":
    case "epoch_ms":
      return [expression.column];
    case "constant":
      return [];
    case "indicator":
      return inPredicate(expression.where);
    case "case":
      return expression.of.flatMap(({ where, value }) => [...inPredicate(where), ...inExpression(value)]);
    case "sum_of":
    case "product_of":
      return expression.terms.flatMap(inExpression);
    case "difference_of":
      return [...inExpression(expression.left), ...inExpression(expression.right)];
    case "absolute":
    case "log":
      return inExpression(expression.of);
    default:
      return expression satisfies never;
  }
}

function inPredicate(predicate: Predicate): string[] {
  switch (predicate.kind) {
    case "all":
    case "any":
      return predicate.of.flatMap(inPredicate);
    case "not":
      return inPredicate(predicate.of);
    default:
      return [predicate.column];
  }
}
