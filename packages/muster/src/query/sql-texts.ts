import type { Aggregate, Dimension } from "./aggregate.ts";
import type { Expression } from "./expression.ts";

/** Every piece of SQL that an aggregate holds. Conditions are about columns, and have none. */
export function sqlTexts({ by, values, among = [] }: Aggregate): string[] {
  return [
    ...[...by, ...among.map(({ dimension }) => dimension)].flatMap(inDimension),
    ...Object.values(values).flatMap((measure) =>
      measure.fn === "count_distinct" || measure.fn === "count" ? [] : inExpression(measure.of),
    ),
  ];
}

function inDimension(dimension: Dimension): string[] {
  return dimension.kind === "number" || dimension.kind === "cell" ? inExpression(dimension.of) : [];
}

function inExpression(expression: Expression): string[] {
  switch (expression.kind) {
    case "sql":
      return [expression.text];
    case "sum_of":
    case "product_of":
      return expression.terms.flatMap(inExpression);
    case "difference_of":
    case "at_least":
      return [...inExpression(expression.left), ...inExpression(expression.right)];
    case "quotient_of":
      return [...inExpression(expression.over), ...inExpression(expression.under)];
    case "absolute":
    case "log":
    case "power":
      return inExpression(expression.of);
    default:
      return [];
  }
}
