import type { Measure } from "../../query/aggregate.ts";
import type { Expression } from "../../query/expression.ts";
import type { Predicate } from "../../query/predicate.ts";
import { MusterError } from "../../source/muster-error.ts";
import { checkBase, checkExponent, checkFloor, checkStandIn } from "../check-asked.ts";
import { equalityTarget } from "../equality.ts";
import { wrongType } from "../sql-columns.ts";
import { locate, numberAt, type Row, type Rows } from "./rows.ts";

export function predicateOf(table: Rows, predicate: Predicate): (row: Row) => boolean {
  switch (predicate.kind) {
    case "all":
    case "any": {
      const parts = predicate.of.map((part) => predicateOf(table, part));
      return predicate.kind === "all"
        ? (row) => parts.every((part) => part(row))
        : (row) => parts.some((part) => part(row));
    }
    case "not": {
      const of = predicateOf(table, predicate.of);
      return (row) => !of(row);
    }
    case "is_missing": {
      const { at } = locate(table, predicate.column);
      return (row) => (row[at] ?? null) === null;
    }
    case "is_finite": {
      const { at } = locate(table, predicate.column);
      return (row) => (row[at] ?? null) !== null && (typeof row[at] !== "number" || Number.isFinite(row[at]));
    }
    case "equals":
    case "one_of": {
      const { at, column } = locate(table, predicate.column);
      if (column.type === "unknown" || column.type === "list")
        throw wrongType(column, table.name, "a text, number, boolean, date or time");
      const values = predicate.kind === "equals" ? [predicate.value] : predicate.values;
      const targets = values
        .map((value) => equalityTarget(column.type, value))
        .filter((target) => target !== undefined);
      return (row) => targets.some((target) => target === row[at]);
    }
    case "compare": {
      const read = numberAt(table, predicate.column, true);
      const { operator, value } = predicate;
      return (row) => {
        const number = read(row);
        if (number === null) return false;
        if (operator === "<") return number < value;
        if (operator === "<=") return number <= value;
        return operator === ">" ? number > value : number >= value;
      };
    }
  }
}

/** The expression's value, null when it is missing or not finite; of a raw one as it is. */
export function expressionOf(table: Rows, expression: Expression): (row: Row) => number | null {
  if (expression.kind === "raw") return rawExpressionOf(table, expression.of);
  const raw = rawExpressionOf(table, expression);
  return (row) => {
    const value = raw(row);
    return value !== null && Number.isFinite(value) ? value : null;
  };
}

function rawExpressionOf(table: Rows, expression: Expression): (row: Row) => number | null {
  switch (expression.kind) {
    case "column":
      return numberAt(table, expression.column, false);
    case "epoch_ms": {
      const { column } = locate(table, expression.column);
      if (column.type !== "datetime") throw wrongType(column, table.name, "a date or time");
      return numberAt(table, expression.column, true);
    }
    case "raw":
      return rawExpressionOf(table, expression.of);
    case "text_length": {
      const { at, column } = locate(table, expression.column);
      if (column.type !== "string") throw wrongType(column, table.name, "a text");
      return (row) => (typeof row[at] === "string" ? Array.from(row[at]).length : null);
    }
    case "constant":
      return () => expression.value;
    case "indicator": {
      const where = predicateOf(table, expression.where);
      return (row) => (where(row) ? 1 : 0);
    }
    case "case": {
      const cases = expression.of.map(({ where, value }) => {
        return { holds: predicateOf(table, where), value: rawExpressionOf(table, value) };
      });
      return (row) => cases.find(({ holds }) => holds(row))?.value(row) ?? null;
    }
    case "sum_of":
      return folded(
        expression.terms.map((term) => rawExpressionOf(table, term)),
        (a, b) => a + b,
        0,
      );
    case "product_of":
      return folded(
        expression.terms.map((term) => rawExpressionOf(table, term)),
        (a, b) => a * b,
        1,
      );
    case "difference_of":
      return folded(
        [expression.left, expression.right].map((part) => rawExpressionOf(table, part)),
        (a, b) => a - b,
        0,
      );
    case "absolute":
      return mapped(rawExpressionOf(table, expression.of), Math.abs);
    case "log": {
      const { floor } = expression;
      checkFloor(floor);
      return mapped(expressionOf(table, expression.of), (value) => Math.log(Math.max(value, floor)));
    }
    case "sql":
      throw new MusterError("engine/failed", "Rows in memory are not read by SQL.", {
        hint: "Attach the rows as a file to an engine that speaks it, or derive the number by a program.",
      });
    case "quotient_of": {
      const parts = [expression.over, expression.under].map((part) => expressionOf(table, part));
      return folded(parts, (over, under) => (under === 0 ? Number.NaN : over / under), 0);
    }
    case "power": {
      const { exponent } = expression;
      checkExponent(exponent);
      const power = (value: number): number =>
        value > 0 ? value ** exponent : value === 0 && exponent > 0 ? 0 : Number.NaN;
      return mapped(expressionOf(table, expression.of), power);
    }
    case "exponential": {
      const { base } = expression;
      checkBase(base);
      return mapped(expressionOf(table, expression.of), (value) => base ** value);
    }
    case "or_else": {
      const { value } = expression;
      checkStandIn(value);
      const of = expressionOf(table, expression.of);
      return (row) => of(row) ?? value;
    }
    case "at_least": {
      const parts = [expression.left, expression.right].map((part) => expressionOf(table, part));
      return folded(parts, (left, right) => (left >= right ? 1 : 0), 0);
    }
  }
}

export function mapped(
  read: (row: Row) => number | null,
  map: (value: number) => number,
): (row: Row) => number | null {
  return (row) => {
    const value = read(row);
    return value === null ? null : map(value);
  };
}

function folded(
  terms: readonly ((row: Row) => number | null)[],
  fold: (a: number, b: number) => number,
  idle: number,
): (row: Row) => number | null {
  return (row) => {
    const values = terms.map((term) => term(row));
    if (values.some((value) => value === null)) return null;
    const [first, ...rest] = values.map(Number);
    return first === undefined ? idle : rest.reduce(fold, first);
  };
}

/** The measure over the rows of one group; NaN for null. */
export function measureOf(table: Rows, measure: Measure): (rows: readonly Row[]) => number {
  if (measure.fn === "count_distinct") {
    const { at, column } = locate(table, measure.column);
    if (column.type === "list") throw wrongType(column, table.name, "a single value a row");
    return (rows) => new Set(rows.map((row) => row[at] ?? null).filter((cell) => cell !== null)).size;
  }
  const where = measure.where === undefined ? () => true : predicateOf(table, measure.where);
  if (measure.fn === "count") return (rows) => rows.filter(where).length;
  const read = expressionOf(table, measure.of);
  return (rows) => {
    const values = rows
      .filter(where)
      .map(read)
      .filter((value) => value !== null);
    if (values.length === 0) return Number.NaN;
    if (measure.fn === "sum") return values.reduce((a, b) => a + b, 0);
    // NaN, which only a raw expression has, is greater than everything.
    const above = (a: number, b: number): boolean => Number.isNaN(a) || a > b;
    return values.reduce((a, b) => (above(a, b) === (measure.fn === "max") ? a : b));
  };
}
