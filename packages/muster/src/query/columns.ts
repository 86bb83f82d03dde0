import type { Aggregate, Dimension, Measure } from "./aggregate.ts";
import type { Expression } from "./expression.ts";
import type { Predicate } from "./predicate.ts";
import type { Question } from "./question.ts";

/** Every column that an aggregate reads; a column may come more than once. */
export function columnsOf(aggregate: Aggregate): string[] {
  return [
    ...aggregate.by.flatMap(columnsOfDimension),
    ...Object.values(aggregate.values).flatMap(inMeasure),
    ...(aggregate.where === undefined ? [] : inPredicate(aggregate.where)),
    ...(aggregate.among ?? []).flatMap(({ dimension }) => columnsOfDimension(dimension)),
  ];
}

/** Every column that a question reads; a column may come more than once. */
export function columnsOfQuestion(question: Question): string[] {
  switch (question.kind) {
    case "repeats":
      return [...(question.columns ?? []), ...optional(question.label), ...inWhere(question.where)];
    case "top_values":
      return [question.column, ...inWhere(question.where)];
    case "sample":
      return [
        ...question.keys,
        ...question.columns,
        ...(question.groups ?? []).flatMap(columnsOfDimension),
        ...optional(question.by),
        ...inWhere(question.where),
      ];
    case "rows":
      return [...question.columns];
    case "separation":
      return [question.column, question.label];
    default:
      return question satisfies never;
  }
}

const optional = (name: string | undefined): string[] => (name === undefined ? [] : [name]);
const inWhere = (where: Predicate | undefined): string[] => (where === undefined ? [] : inPredicate(where));

/** The columns that a dimension reads. */
export function columnsOfDimension(dimension: Dimension): string[] {
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
    // Only an engine can tell; it names a column that is not there itself.
    case "sql":
      return [];
    case "indicator":
      return inPredicate(expression.where);
    case "case":
      return expression.of.flatMap(({ where, value }) => [...inPredicate(where), ...inExpression(value)]);
    case "sum_of":
    case "product_of":
      return expression.terms.flatMap(inExpression);
    case "quotient_of":
      return [...inExpression(expression.over), ...inExpression(expression.under)];
    case "difference_of":
    case "at_least":
      return [...inExpression(expression.left), ...inExpression(expression.right)];
    case "absolute":
    case "log":
    case "power":
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
