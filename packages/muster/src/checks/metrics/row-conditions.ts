import type { Measure } from "../../query/aggregate.ts";
import { column, type Expression } from "../../query/expression.ts";
import type { Predicate } from "../../query/predicate.ts";
import type { MetricColumns } from "./metric.ts";

export function both(...of: readonly Predicate[]): Predicate {
  return { kind: "all", of };
}

export function not(of: Predicate): Predicate {
  return { kind: "not", of };
}

/** Rows that have a label, of whatever type; NaN is none. */
export function labelled(columns: MetricColumns): Predicate {
  return isPresent(columns.label);
}

export function isPositive(columns: MetricColumns): Predicate {
  return { kind: "equals", column: columns.label, value: columns.positive ?? "" };
}

/** Has a label, and another one than the positive. */
export function isNegative(columns: MetricColumns): Predicate {
  return both(labelled(columns), not(isPositive(columns)));
}

/** Not null, and in a column of numbers neither NaN nor infinite. */
export function isPresent(name: string): Predicate {
  return { kind: "is_finite", column: name };
}

/**
 * Rows under a condition, or their weight: `name` has the count (or sum of weights), and with weights
 * `name_squares` the sum of their squares, from which the effective number of rows follows.
 */
export function tally(columns: MetricColumns, name: string, where: Predicate): Record<string, Measure> {
  if (columns.weight === undefined) return { [name]: { fn: "count", where } };
  const weight = column(columns.weight);
  return {
    [name]: { fn: "sum", of: weight, where },
    [`${name}_squares`]: { fn: "sum", of: product(weight, weight), where },
  };
}

/** Counts that every metric needs to be honest: rows with a label, those without an answer, bad weights. */
export function upkeep(
  columns: MetricColumns,
  hasLabel: Predicate,
  hasAnswer: Predicate,
): Record<string, Measure> {
  const counts: Record<string, Measure> = {
    rows: { fn: "count", where: hasLabel },
    unanswered: { fn: "count", where: both(hasLabel, not(hasAnswer)) },
  };
  if (columns.weight === undefined) return counts;
  const badWeight: Predicate = {
    kind: "any",
    of: [
      not(isPresent(columns.weight)),
      { kind: "compare", column: columns.weight, operator: "<", value: 0 },
    ],
  };
  return { ...counts, bad_weights: { fn: "count", where: both(hasLabel, badWeight) } };
}

export function product(...terms: readonly Expression[]): Expression {
  return { kind: "product_of", terms };
}

export function difference(left: Expression, right: Expression): Expression {
  return { kind: "difference_of", left, right };
}
