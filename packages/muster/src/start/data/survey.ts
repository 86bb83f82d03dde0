import type { Column, Engine, TableInfo } from "../../engine/engine.ts";
import type { Aggregate, Groups, Measure } from "../../query/aggregate.ts";
import type { Expression } from "../../query/expression.ts";

/** What one column holds in one table. */
export interface ColumnSurvey {
  readonly column: Column;
  readonly rows: number;
  readonly missing: number;
  /** Of numbers and datetimes (milliseconds); null when no value is finite. */
  readonly low: number | null;
  readonly high: number | null;
  /** Values that are neither missing nor finite: NaN and the infinities. */
  readonly notFinite: number;
  readonly distinct: number;
  /** Distinct values as text with their rows, most frequent first; null when there are more than `mostListed`. */
  readonly values: readonly (readonly [value: string, rows: number])[] | null;
}

/** Above it a set of values is not listed. */
const mostListed = 1_000;

/** A table's columns in two statements: bounds and counts of all of them, then the values of those that have few. */
export async function survey(
  engine: Engine,
  table: string,
  signal: AbortSignal | undefined,
): Promise<{ readonly info: TableInfo; readonly columns: readonly ColumnSurvey[] }> {
  const info = engine.info(table);
  const known = info.columns.filter(({ type }) => type !== "unknown" && type !== "list");
  const counts = await engine.aggregate(
    known.map((column) => countsOf(table, column)),
    signal,
  );
  const few = known.filter((_, i) => numberOf(counts[i]?.groups, "distinct") <= mostListed);
  const listed = await engine.aggregate(
    few.map((column) => valuesOf(table, column)),
    signal,
  );
  const columns = known.map((column, i): ColumnSurvey => {
    const groups = counts[i]?.groups;
    const [low, high] = [numberOf(groups, "low"), numberOf(groups, "high")];
    const missing = numberOf(groups, "missing");
    const finite = isNumeric(column) ? numberOf(groups, "finite") : info.rows - missing;
    const at = few.indexOf(column);
    return {
      column,
      rows: info.rows,
      missing,
      low: Number.isNaN(low) ? null : low,
      high: Number.isNaN(high) ? null : high,
      notFinite: info.rows - missing - finite,
      distinct: numberOf(groups, "distinct"),
      values: at < 0 ? null : entries(listed[at]?.groups),
    };
  });
  return { info, columns };
}

const isNumeric = ({ type }: Column): boolean => type === "integer" || type === "float";

function countsOf(table: string, column: Column): Aggregate {
  const { name, type } = column;
  const of: Expression =
    type === "datetime" ? { kind: "epoch_ms", column: name } : { kind: "column", column: name };
  const bounds: Record<string, Measure> =
    isNumeric(column) || type === "datetime" ? { low: { fn: "min", of }, high: { fn: "max", of } } : {};
  const finite: Record<string, Measure> = isNumeric(column)
    ? { finite: { fn: "count", where: { kind: "is_finite", column: name } } }
    : {};
  return {
    table,
    by: [],
    values: {
      missing: { fn: "count", where: { kind: "is_missing", column: name } },
      distinct: { fn: "count_distinct", column: name },
      ...bounds,
      ...finite,
    },
  };
}

const valuesOf = (table: string, { name }: Column): Aggregate => ({
  table,
  by: [{ kind: "values", column: name }],
  values: { rows: { fn: "count" } },
});

const numberOf = (groups: Groups | undefined, name: string): number =>
  groups?.values[name]?.[0] ?? Number.NaN;

function entries(groups: Groups | undefined): readonly (readonly [string, number])[] {
  const keys = groups?.keys[0] ?? [];
  const found = keys.flatMap((key, g): (readonly [string, number])[] =>
    key === null ? [] : [[String(key), groups?.values.rows?.[g] ?? 0]],
  );
  return found.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
