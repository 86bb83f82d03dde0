import type { Measure } from "../query/aggregate.ts";
import { hasValueOnlyWhere } from "../query/has-value-only-where.ts";
import type { Predicate } from "../query/predicate.ts";
import { type SqlColumns, wrongType } from "./sql-columns.ts";
import { expressionSql } from "./sql-expression.ts";
import { predicateSql } from "./sql-predicate.ts";

export interface MeasureSql {
  readonly sql: string;
  readonly as: "DOUBLE";
}

/** A measure over the rows of a group. `input` may give what is computed for each row a name of its own. */
export function measureSql(
  columns: SqlColumns,
  measure: Measure,
  input: (sql: string) => string,
  groups: "few" | "many",
): MeasureSql {
  switch (measure.fn) {
    case "count":
      if (measure.where === undefined) return { sql: "COUNT(*)", as: "DOUBLE" };
      return (
        countedSql(columns, measure.where, input) ?? {
          sql: columns.dialect.countIf(input(predicateSql(columns, measure.where)), groups),
          as: "DOUBLE",
        }
      );
    case "count_distinct": {
      const column = columns.find(measure.column);
      if (column.type === "list") throw wrongType(column, columns.table, "a single value a row");
      // Missing values are no value, and -0 is 0.
      const key =
        column.type === "float" ? columns.oneZero(columns.double(column)) : columns.quote(column.name);
      return { sql: `COUNT(DISTINCT ${input(key)})`, as: "DOUBLE" };
    }
    default: {
      const of = `${measure.fn.toUpperCase()}(${input(ownOrder(columns, measure) ?? expressionSql(columns, measure.of))})`;
      if (measure.where === undefined || hasValueOnlyWhere(measure.of, measure.where))
        return { sql: of, as: "DOUBLE" };
      const where = input(predicateSql(columns, measure.where));
      return { sql: `${of} FILTER (WHERE ${where})`, as: "DOUBLE" };
    }
  }
}

/**
 * Rows with or without a value are counted by the column itself, which costs a tenth of a condition on each row. Whether all
 * values of a float are finite then shows as cheaply, in what is found of all of them.
 */
function countedSql(
  columns: SqlColumns,
  where: Predicate,
  input: (sql: string) => string,
): MeasureSql | undefined {
  const count = (name: string): string => `COUNT(${input(columns.quote(columns.find(name).name))})`;
  if (where.kind === "is_missing") return { sql: `COUNT(*) - ${count(where.column)}`, as: "DOUBLE" };
  if (where.kind === "not" && where.of.kind === "is_missing")
    return { sql: count(where.of.column), as: "DOUBLE" };
  if (where.kind !== "is_finite") return undefined;
  const column = columns.find(where.column);
  if (column.type !== "float") return { sql: count(where.column), as: "DOUBLE" };
  if (columns.extremes === "guarded") return undefined;
  columns.takenAsFinite.add(column.name);
  return { sql: count(where.column), as: "DOUBLE" };
}

/** Integers have the order of their doubles, so only the one that was found needs to become a double. */
function ownOrder(columns: SqlColumns, { fn, of }: Exclude<Measure, { fn: "count" | "count_distinct" }>) {
  if (fn === "sum" || of.kind !== "column") return undefined;
  const column = columns.find(of.column);
  return column.type === "integer" ? columns.quote(column.name) : undefined;
}
