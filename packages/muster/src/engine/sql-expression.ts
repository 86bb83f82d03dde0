import type { Expression } from "../query/expression.ts";
import { MusterError } from "../source/muster-error.ts";
import { type SqlColumns, wrongType } from "./sql-columns.ts";
import { doubleLiteral, isFiniteSql } from "./sql-literal.ts";
import { predicateSql } from "./sql-predicate.ts";

/** A SQL expression of type DOUBLE that is null wherever the value is missing or not finite. */
export function expressionSql(columns: SqlColumns, expression: Expression): string {
  if (expression.kind === "raw") return render(columns, expression.of).sql;
  const { sql, bound } = render(columns, expression);
  return bound < Number.MAX_VALUE ? sql : `CASE WHEN ${isFiniteSql(sql)} THEN ${sql} END`;
}

/** The same where it is guarded by whoever uses it: NaN and the infinities come through. */
export function unguardedSql(columns: SqlColumns, expression: Expression): string {
  return render(columns, expression).sql;
}

interface Rendered {
  readonly sql: string;
  /** No value is further from zero; infinite when NaN or infinity can occur. */
  readonly bound: number;
}

/** 128-bit integers and every date end below these. */
const integerBound = 2 ** 128;
const epochBound = 1e19;

function render(columns: SqlColumns, expression: Expression): Rendered {
  switch (expression.kind) {
    case "column": {
      const column = columns.find(expression.column);
      const bound = { integer: integerBound, boolean: 1 }[String(column.type)] ?? Number.POSITIVE_INFINITY;
      return { sql: columns.double(column), bound };
    }
    case "epoch_ms":
      return { sql: `CAST(${columns.epoch(columns.find(expression.column))} AS DOUBLE)`, bound: epochBound };
    case "raw":
      return render(columns, expression.of);
    case "text_length": {
      const column = columns.find(expression.column);
      if (column.type !== "string") throw wrongType(column, columns.table, "a text");
      return { sql: `CAST(LENGTH(${columns.text(column)}) AS DOUBLE)`, bound: integerBound };
    }
    case "constant":
      return {
        sql: doubleLiteral(expression.value),
        bound: Number.isFinite(expression.value) ? Math.abs(expression.value) : Number.POSITIVE_INFINITY,
      };
    case "indicator":
      return { sql: `CASE WHEN ${predicateSql(columns, expression.where)} THEN 1e0 ELSE 0e0 END`, bound: 1 };
    case "sum_of": {
      const terms = expression.terms.map((term) => render(columns, term));
      return { sql: joined(terms, " + ", "0e0"), bound: terms.reduce((all, term) => all + term.bound, 0) };
    }
    case "product_of": {
      const terms = expression.terms.map((term) => render(columns, term));
      return {
        sql: joined(terms, " * ", "1e0"),
        bound: terms.reduce((all, term) => all * Math.max(1, term.bound), 1),
      };
    }
    case "difference_of": {
      const left = render(columns, expression.left);
      const right = render(columns, expression.right);
      return { sql: `((${left.sql}) - (${right.sql}))`, bound: left.bound + right.bound };
    }
    case "absolute": {
      const of = render(columns, expression.of);
      return { sql: `ABS(${of.sql})`, bound: of.bound };
    }
    case "log": {
      if (!(expression.floor > 0 && expression.floor < Number.POSITIVE_INFINITY)) {
        throw new MusterError("engine/failed", "The floor of a logarithm must be a finite number above 0.");
      }
      // GREATEST skips nulls and lets minus infinity through to the floor, so the operand is guarded first.
      const of = expressionSql(columns, expression.of);
      return { sql: `LN(GREATEST(${of}, ${doubleLiteral(expression.floor)}) + (${of}) * 0e0)`, bound: 745 };
    }
    case "sql":
      return { sql: columns.rowSql(expression.text), bound: Number.POSITIVE_INFINITY };
    case "quotient_of": {
      // Infinity divided by infinity, or by anything, has to be null rather than a number.
      const over = expressionSql(columns, expression.over);
      const under = expressionSql(columns, expression.under);
      return { sql: `((${over}) / NULLIF(${under}, 0e0))`, bound: Number.POSITIVE_INFINITY };
    }
    case "power": {
      const { exponent } = expression;
      if (!Number.isFinite(exponent)) {
        throw new MusterError("engine/failed", "The exponent of a power must be a finite number.");
      }
      const of = expressionSql(columns, expression.of);
      const atZero = exponent > 0 ? ` WHEN (${of}) = 0e0 THEN 0e0` : "";
      const above = `WHEN (${of}) > 0e0 THEN POWER(${of}, ${doubleLiteral(exponent)})`;
      return { sql: `CASE ${above}${atZero} END`, bound: Number.POSITIVE_INFINITY };
    }
    case "exponential": {
      const { base } = expression;
      if (!(base > 0 && Number.isFinite(base))) {
        throw new MusterError("engine/failed", "The base of an exponential must be a finite number above 0.");
      }
      const of = expressionSql(columns, expression.of);
      return { sql: `POWER(${doubleLiteral(base)}, ${of})`, bound: Number.POSITIVE_INFINITY };
    }
    case "or_else": {
      const { value } = expression;
      if (!Number.isFinite(value))
        throw new MusterError("engine/failed", "A stand-in must be a finite number.");
      const of = render(columns, expression.of);
      return {
        // What is not finite is null, and so has to become the stand-in, too.
        sql: `COALESCE(${expressionSql(columns, expression.of)}, ${doubleLiteral(value)})`,
        bound: Math.max(Math.abs(value), Math.min(of.bound, Number.MAX_VALUE)),
      };
    }
    case "at_least": {
      const left = expressionSql(columns, expression.left);
      const right = expressionSql(columns, expression.right);
      const [yes, no] = [`(${left}) >= (${right})`, `(${left}) < (${right})`];
      return { sql: `CASE WHEN ${yes} THEN 1e0 WHEN ${no} THEN 0e0 END`, bound: 1 };
    }
  }
}

function joined(terms: readonly Rendered[], operator: string, idle: string): string {
  return terms.length === 0 ? idle : `(${terms.map((term) => `(${term.sql})`).join(operator)})`;
}
