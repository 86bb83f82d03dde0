import type { Expression } from "../query/expression.ts";
import { checkBase, checkExponent, checkFloor, checkStandIn } from "./check-asked.ts";
import { type SqlColumns, wrongType } from "./sql-columns.ts";
import { doubleLiteral, isFiniteSql } from "./sql-literal.ts";
import { predicateSql } from "./sql-predicate.ts";

/**
 * A SQL expression of type DOUBLE that is null wherever the value is missing and, unless extremes are left open, wherever
 * it is not finite.
 */
export function expressionSql(columns: SqlColumns, expression: Expression): string {
  if (expression.kind === "raw") return openSql(columns, expression);
  return columns.extremes === "open" ? openSql(columns, expression) : finiteSql(columns, expression);
}

/** Null wherever the value is missing or not finite. */
export function finiteSql(columns: SqlColumns, expression: Expression): string {
  if (boundOf(columns, expression) < Number.MAX_VALUE) return openSql(columns, expression);
  return columns.part("finite", expression, () => {
    const sql = openSql(columns, expression);
    return `CASE WHEN ${isFiniteSql(sql)} THEN ${openSql(columns, expression)} END`;
  });
}

/** Null wherever the value is missing; NaN and the infinities come through. */
export function openSql(columns: SqlColumns, expression: Expression): string {
  if (expression.kind === "column" || expression.kind === "constant") return render(columns, expression);
  return columns.part("number", expression, () => render(columns, expression));
}

/** No value is further from zero; infinite when NaN or infinity can occur. */
function boundOf(columns: SqlColumns, expression: Expression): number {
  switch (expression.kind) {
    case "column": {
      const { type } = columns.find(expression.column);
      return type === "integer" ? integerBound : type === "boolean" ? 1 : Number.POSITIVE_INFINITY;
    }
    case "epoch_ms":
      return epochBound;
    case "constant":
      return Number.isFinite(expression.value) ? Math.abs(expression.value) : Number.POSITIVE_INFINITY;
    case "indicator":
      return 1;
    case "case":
      return Math.max(0, ...expression.of.map(({ value }) => boundOf(columns, value)));
    case "sum_of":
      return expression.terms.reduce((all, term) => all + boundOf(columns, term), 0);
    case "product_of":
      return expression.terms.reduce((all, term) => all * Math.max(1, boundOf(columns, term)), 1);
    case "difference_of":
      return boundOf(columns, expression.left) + boundOf(columns, expression.right);
    case "absolute":
      return boundOf(columns, expression.of);
    case "raw":
    case "sql":
    case "quotient_of":
    case "power":
    case "exponential":
      return Number.POSITIVE_INFINITY;
    case "text_length":
      return integerBound;
    case "or_else":
      return Math.max(
        Math.abs(expression.value),
        Math.min(boundOf(columns, expression.of), Number.MAX_VALUE),
      );
    case "at_least":
      return 1;
    case "log":
      // Only a finite operand has a logarithm here, unless extremes are left open.
      return columns.extremes === "open" ? Number.POSITIVE_INFINITY : 745;
  }
}

/** 128-bit integers and every date end below these. */
const integerBound = 2 ** 128;
const epochBound = 1e19;

function render(columns: SqlColumns, expression: Expression): string {
  const of = (part: Expression): string => openSql(columns, part);
  switch (expression.kind) {
    case "column":
      return columns.double(columns.find(expression.column));
    case "epoch_ms":
      return `CAST(${columns.epoch(columns.find(expression.column))} AS DOUBLE)`;
    case "raw":
      return of(expression.of);
    case "text_length": {
      const column = columns.find(expression.column);
      if (column.type !== "string") throw wrongType(column, columns.table, "a text");
      return `CAST(LENGTH(${columns.text(column)}) AS DOUBLE)`;
    }
    case "constant":
      return doubleLiteral(expression.value);
    case "indicator":
      return `CASE WHEN ${predicateSql(columns, expression.where)} THEN 1e0 ELSE 0e0 END`;
    case "case": {
      const whens = expression.of.map(
        ({ where, value }) => `WHEN ${predicateSql(columns, where)} THEN ${of(value)}`,
      );
      return whens.length === 0 ? "CAST(NULL AS DOUBLE)" : `CASE ${whens.join(" ")} END`;
    }
    case "sum_of":
      return joined(expression.terms.map(of), " + ", "0e0");
    case "product_of":
      return joined(expression.terms.map(of), " * ", "1e0");
    case "difference_of":
      return `(${of(expression.left)} - ${of(expression.right)})`;
    case "absolute":
      return `ABS(${of(expression.of)})`;
    case "log": {
      checkFloor(expression.floor);
      const operand = (): string => expressionSql(columns, expression.of);
      const floor = doubleLiteral(expression.floor);
      // Minus infinity, where it is left open, has to show; the product makes NaN of it and changes nothing else.
      return `LN(CASE WHEN (${operand()}) < ${floor} THEN ${floor} + (${operand()}) * 0e0 ELSE ${operand()} END)`;
    }
    case "sql":
      return columns.rowSql(expression.text);
    case "quotient_of": {
      // Divided by infinity a number would be 0, which shows no more: so what is divided is always guarded.
      const over = finiteSql(columns, expression.over);
      const under = finiteSql(columns, expression.under);
      return `((${over}) / NULLIF(${under}, 0e0))`;
    }
    case "power": {
      const { exponent } = expression;
      checkExponent(exponent);
      // Infinity to a power below 0 would be 0, too.
      const of = finiteSql(columns, expression.of);
      const atZero = exponent > 0 ? ` WHEN (${of}) = 0e0 THEN 0e0` : "";
      const above = `WHEN (${of}) > 0e0 THEN POWER(${of}, ${doubleLiteral(exponent)})`;
      return `CASE ${above}${atZero} END`;
    }
    case "exponential": {
      const { base } = expression;
      checkBase(base);
      // The power of an infinity could be 0, which would show nothing.
      return `POWER(${doubleLiteral(base)}, ${finiteSql(columns, expression.of)})`;
    }
    case "or_else": {
      const { value } = expression;
      checkStandIn(value);
      // What is not finite is null, and so has to become the stand-in, too.
      return `COALESCE(${finiteSql(columns, expression.of)}, ${doubleLiteral(value)})`;
    }
    case "at_least": {
      const left = finiteSql(columns, expression.left);
      const right = finiteSql(columns, expression.right);
      const [yes, no] = [`(${left}) >= (${right})`, `(${left}) < (${right})`];
      return `CASE WHEN ${yes} THEN 1e0 WHEN ${no} THEN 0e0 END`;
    }
  }
}

function joined(terms: readonly string[], operator: string, idle: string): string {
  return terms.length === 0 ? idle : `(${terms.join(operator)})`;
}
