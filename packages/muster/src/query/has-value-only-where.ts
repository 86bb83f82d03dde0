import type { Expression } from "./expression.ts";
import { identity } from "./identity.ts";
import type { Predicate } from "./predicate.ts";

/**
 * Whether the expression is null in every row where the predicate does not hold, by its form alone: then a sum of it needs
 * no condition beside it. False where that cannot be seen.
 */
export function hasValueOnlyWhere(expression: Expression, predicate: Predicate): boolean {
  if (predicate.kind === "all") return predicate.of.every((part) => hasValueOnlyWhere(expression, part));
  switch (expression.kind) {
    case "column":
    case "epoch_ms":
    case "text_length":
      // Inputs that are not finite make an expression null.
      return predicate.kind === "is_finite" && predicate.column === expression.column;
    case "case":
      return expression.of.every(
        ({ where, value }) => implies(where, predicate) || hasValueOnlyWhere(value, predicate),
      );
    case "sum_of":
    case "product_of":
      return expression.terms.some((term) => hasValueOnlyWhere(term, predicate));
    case "difference_of":
    case "at_least":
      return [expression.left, expression.right].some((part) => hasValueOnlyWhere(part, predicate));
    case "quotient_of":
      return [expression.over, expression.under].some((part) => hasValueOnlyWhere(part, predicate));
    case "absolute":
    case "log":
    case "power":
    case "exponential":
      return hasValueOnlyWhere(expression.of, predicate);
    case "raw":
    case "constant":
    case "indicator":
    case "or_else":
    case "sql":
      return false;
  }
}

/** Whether the second holds wherever the first one does, as far as their forms show. */
function implies(first: Predicate, second: Predicate): boolean {
  if (second.kind === "all") return second.of.every((part) => implies(first, part));
  if (identity(first) === identity(second)) return true;
  if (first.kind === "any") return first.of.every((part) => implies(part, second));
  if (second.kind === "any" && second.of.some((part) => implies(first, part))) return true;
  return first.kind === "all" && first.of.some((part) => implies(part, second));
}
