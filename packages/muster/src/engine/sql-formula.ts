import type { Formula } from "../transform/formula.ts";
import { inCodePointOrder } from "../transform/order.ts";
import { blank } from "../transform/text.ts";
import type { Dialect } from "./dialect.ts";
import { doubleLiteral, integerLiteral } from "./sql-literal.ts";

/**
 * A formula in SQL over the expression `x`: DOUBLE for numbers, with null for missing, and STRING for texts. Every node
 * is one operation on doubles, in the written order.
 */
export function formulaSql(dialect: Dialect, formula: Formula, x: string): string {
  const of = (part: Formula): string => formulaSql(dialect, part, x);
  switch (formula.kind) {
    case "x":
      return x;
    case "constant":
      return doubleLiteral(formula.value);
    case "missing":
      return "CAST(NULL AS DOUBLE)";
    case "plus":
      return `(${of(formula.left)} + ${of(formula.right)})`;
    case "minus":
      return `(${of(formula.left)} - ${of(formula.right)})`;
    case "times":
      return `(${of(formula.left)} * ${of(formula.right)})`;
    case "divided_by":
      return `(${of(formula.left)} / ${of(formula.right)})`;
    case "ln":
      // Engines fail or say null at 0 and below, also on rows that a CASE around it leaves out.
      return `LN(GREATEST(${of(formula.of)}, 1e-300))`;
    case "finite": {
      const value = of(formula.of);
      return `CASE WHEN ABS(${value}) < CAST('Infinity' AS DOUBLE) THEN ${value} END`;
    }
    case "choose": {
      const { left, is, right, then, otherwise } = formula;
      return `CASE WHEN ${of(left)} ${is} ${of(right)} THEN ${of(then)} ELSE ${of(otherwise)} END`;
    }
    case "filled":
      return `COALESCE(${x}, ${doubleLiteral(formula.value)})`;
    case "edges_reached": {
      const { edges } = formula;
      const reached = (low: number, high: number): string => {
        if (low === high) return doubleLiteral(low);
        const middle = (low + high) >> 1;
        return `CASE WHEN ${x} >= ${doubleLiteral(edges[middle] ?? 0)} THEN ${reached(middle + 1, high)} ELSE ${reached(low, middle)} END`;
      };
      return `CASE WHEN ${x} IS NULL THEN NULL ELSE ${reached(0, edges.length)} END`;
    }
    case "place":
      return `CASE WHEN ${x} IS NULL THEN NULL ELSE ${placeSql(dialect, formula.values, x)} END`;
    case "bucket":
      return `CAST((${dialect.md5Number(x)}) % ${integerLiteral(formula.buckets)} AS DOUBLE)`;
    case "trimmed":
      return `TRIM(BOTH ${dialect.text(blank)} FROM ${x})`;
    case "lowercase":
      return `LOWER(${x})`;
    case "filled_text":
      return `COALESCE(${x}, ${dialect.text(formula.value)})`;
    default:
      return formula satisfies never;
  }
}

/** A long list is searched by halves, as a chain of comparisons would cost every row all of them. */
function placeSql(dialect: Dialect, values: readonly (string | number)[], x: string): string {
  const sorted = values
    .map((value, place) => ({ value, place, sql: literal(dialect, value) }))
    .sort((a, b) => inCodePointOrder(a.value, b.value));
  const search = (low: number, high: number): string => {
    if (high - low <= 4) {
      const whens = sorted.slice(low, high).map(({ sql, place }) => `WHEN ${x} = ${sql} THEN ${place}e0`);
      return whens.length === 0 ? "(-1e0)" : `CASE ${whens.join(" ")} ELSE (-1e0) END`;
    }
    const middle = (low + high) >> 1;
    return `CASE WHEN ${x} < ${sorted[middle]?.sql} THEN ${search(low, middle)} ELSE ${search(middle, high)} END`;
  };
  return search(0, sorted.length);
}

const literal = (dialect: Dialect, value: string | number): string =>
  typeof value === "string" ? dialect.text(value) : doubleLiteral(value);
