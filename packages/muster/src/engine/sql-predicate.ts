import type { Predicate } from "../query/predicate.ts";
import type { Scalar } from "../query/scalar.ts";
import type { Column } from "./engine.ts";
import { equalityTarget } from "./equality.ts";
import { type SqlColumns, wrongType } from "./sql-columns.ts";
import { doubleLiteral, integerLiteral, isFiniteSql } from "./sql-literal.ts";

/**
 * A predicate as a SQL condition. Under a `not` every leaf is made two-valued first, because there an unknown
 * comparison must count as one that does not hold; elsewhere null and false select the same rows, and the bare
 * form lets an engine skip row groups.
 */
export function predicateSql(columns: SqlColumns, predicate: Predicate, underNot = false): string {
  switch (predicate.kind) {
    case "all":
    case "any": {
      const idle = predicate.kind === "all" ? "TRUE" : "FALSE";
      if (predicate.of.length === 0) return idle;
      const word = predicate.kind === "all" ? " AND " : " OR ";
      const [only] = predicate.of;
      if (only !== undefined && predicate.of.length === 1) return predicateSql(columns, only, underNot);
      return columns.part(underNot ? "holds" : "is", predicate, () => {
        return `(${predicate.of.map((part) => predicateSql(columns, part, underNot)).join(word)})`;
      });
    }
    case "not":
      return columns.part("is", predicate, () => `(NOT ${predicateSql(columns, predicate.of, true)})`);
    case "is_missing":
      return `(${columns.quote(columns.find(predicate.column).name)} IS NULL)`;
    default: {
      const leaf = (): string => columns.part("is", predicate, () => leafSql(columns, predicate));
      return underNot ? columns.part("holds", predicate, () => `COALESCE(${leaf()}, FALSE)`) : leaf();
    }
  }
}

type Leaf = Extract<Predicate, { readonly kind: "equals" | "one_of" | "compare" | "is_finite" }>;

function leafSql(columns: SqlColumns, leaf: Leaf): string {
  const column = columns.find(leaf.column);
  switch (leaf.kind) {
    case "equals":
      return equalsSql(columns, column, [leaf.value]);
    case "one_of":
      return equalsSql(columns, column, leaf.values);
    case "compare":
      return compareSql(columns, column, leaf.operator, leaf.value);
    case "is_finite":
      return column.type !== "float" || takenAsFinite(columns, column)
        ? `(${columns.quote(column.name)} IS NOT NULL)`
        : `(${isFiniteSql(columns.double(column))})`;
  }
}

function equalsSql(columns: SqlColumns, column: Column, values: readonly Scalar[]): string {
  const operand = equalityOperand(columns, column);
  const literals = [...new Set(values.map((value) => equalityLiteral(columns, column, value)))].filter(
    (literal) => literal !== undefined,
  );
  if (literals.length === 0) return "FALSE";
  return literals.length === 1 ? `(${operand} = ${literals[0]})` : `(${operand} IN (${literals.join(", ")}))`;
}

/** What is compared with `equalityLiteral`s. */
export function equalityOperand(columns: SqlColumns, column: Column): string {
  switch (column.type) {
    case "string":
      return columns.text(column);
    case "boolean":
    case "integer":
      return columns.quote(column.name);
    case "float":
      return columns.double(column);
    case "datetime":
      return columns.epoch(column);
    case "list":
    case "unknown":
      throw wrongType(column, columns.table, "a text, number, boolean, date or time");
  }
}

/** The literal that a column's value must be equal to; undefined when no value of its type can be. */
export function equalityLiteral(columns: SqlColumns, column: Column, value: Scalar): string | undefined {
  const target = equalityTarget(column.type, value);
  if (target === undefined) return undefined;
  if (typeof target === "string") return columns.dialect.text(target);
  if (typeof target === "boolean") return target ? "TRUE" : "FALSE";
  return column.type === "float" ? doubleLiteral(target) : integerLiteral(target);
}

function compareSql(
  columns: SqlColumns,
  column: Column,
  operator: "<" | "<=" | ">" | ">=",
  value: number,
): string {
  if (Number.isNaN(value)) return "FALSE";
  if (column.type === "integer" && Number.isSafeInteger(value)) {
    return `(${columns.quote(column.name)} ${operator} ${integerLiteral(value)})`;
  }
  if (column.type === "datetime") return `(${columns.epoch(column)} ${operator} ${doubleLiteral(value)})`;
  const operand = columns.double(column);
  const condition = `${operand} ${operator} ${doubleLiteral(value)}`;
  // NaN is greater than everything in SQL, but compares with nothing here.
  const canBeNaN = column.type === "float" && operator.startsWith(">");
  return canBeNaN && !takenAsFinite(columns, column)
    ? `(${condition} AND ${operand} <= ${doubleLiteral(Number.POSITIVE_INFINITY)})`
    : `(${condition})`;
}

/** With extremes left open a float is asked for null alone, which costs little; the answer shows whether that was enough. */
function takenAsFinite(columns: SqlColumns, column: Column): boolean {
  if (columns.extremes === "guarded") return false;
  columns.takenAsFinite.add(column.name);
  return true;
}
