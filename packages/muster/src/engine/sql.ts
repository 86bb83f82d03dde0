import type { Measure } from "../query/aggregate.ts";
import { columnsRead } from "../query/columns.ts";
import type { MergedAggregate } from "../query/merge.ts";
import { amongSql } from "./sql-among.ts";
import type { SqlColumns } from "./sql-columns.ts";
import { dimensionSql, type KeyReading } from "./sql-dimension.ts";
import { listsSql } from "./sql-lists.ts";
import { measureSql } from "./sql-measure.ts";
import { predicateSql } from "./sql-predicate.ts";

/** A column of a statement's result. */
export interface Output {
  readonly name: string;
  /** Counts are doubles, too: exact up to 2^53 and read without a big integer for each. */
  readonly as: "STRING" | "DOUBLE";
  /** How it is held: numbers as a Float64Array with NaN for null, or cells where null, NaN and text differ. */
  readonly form: "numbers" | "cells";
  /** Where bit d of the set number is 1, a key is rolled up and need not be read. */
  readonly rolledUpBit?: number;
}

/**
 * A merged aggregate as one statement. The outputs are, in this order: the set number when there are several sets
 * (bit d is 1 when dimension d is rolled up), a key for each dimension, a number for each measure.
 */
export interface Statement {
  readonly sql: string;
  readonly outputs: readonly Output[];
  readonly hasSetNumber: boolean;
  readonly readings: readonly KeyReading[];
  readonly measures: readonly Measure[];
}

/** Rows are reduced to keys and inputs first, so that each is written and computed once, whatever uses it. */
export function statementSql(table: SqlColumns, merged: MergedAggregate): Statement {
  const q = (name: string): string => table.quote(name);
  const { columns, from: source } =
    merged.lists === undefined
      ? { columns: table, from: q(merged.table) }
      : listsSql(
          table,
          merged.lists,
          columnsRead({
            ...merged,
            by: merged.dimensions,
            values: merged.measures,
            where: merged.where,
            among: merged.among,
          }),
        );
  const dimensions = merged.dimensions.map((dimension) => dimensionSql(columns, dimension));
  const inputs = new Map<string, string>();
  const input = (sql: string): string => {
    const name = inputs.get(sql) ?? `x${inputs.size}`;
    inputs.set(sql, name);
    return q(name);
  };
  const measured = merged.measures.map((measure) => measureSql(columns, measure, input));

  const inner = [
    ...dimensions.map(({ key }, d) => `${key} AS ${q(`d${d}`)}`),
    ...[...inputs].map(([sql, name]) => `${sql} AS ${q(name)}`),
  ];
  const conditions = [
    ...(merged.where === undefined ? [] : [predicateSql(columns, merged.where)]),
    ...merged.among.map((among) => amongSql(columns, among)),
  ];
  const where = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  const from = `(SELECT ${inner.length === 0 ? `1 AS ${q("row")}` : inner.join(", ")} FROM ${source}${where}) AS ${q("rows")}`;

  const hasSetNumber = merged.sets.length > 1;
  const bits = dimensions.map((_, d) => `CAST(GROUPING(${q(`d${d}`)}) AS BIGINT) * ${2 ** d}`).join(" + ");
  const outputs: Output[] = [
    ...(hasSetNumber ? [{ name: "set", as: "DOUBLE", form: "numbers" } as const] : []),
    ...dimensions.map(({ as, reading }, d) => ({
      name: `k${d}`,
      as,
      // Only the text of a number tells NaN from null.
      form:
        reading.kind === "text" || reading.kind === "number_text" ? ("cells" as const) : ("numbers" as const),
      ...(hasSetNumber ? { rolledUpBit: d } : {}),
    })),
    ...measured.map(({ as }, m) => ({ name: `m${m}`, as, form: "numbers" as const })),
  ];
  const sources = [
    ...(hasSetNumber ? [bits] : []),
    ...dimensions.map((_, d) => q(`d${d}`)),
    ...measured.map(({ sql }) => sql),
  ];
  const selected = outputs.map(({ name, as }, i) => `CAST(${sources[i]} AS ${as}) AS ${q(name)}`);
  // A statement that asks for nothing but the groups' existence still needs a column.
  const select = selected.length === 0 ? `CAST(COUNT(*) AS DOUBLE) AS ${q("rows")}` : selected.join(", ");
  return {
    sql: `SELECT ${select} FROM ${from}${groupBy(merged, q)}`,
    outputs: selected.length === 0 ? [{ name: "rows", as: "DOUBLE", form: "numbers" }] : outputs,
    hasSetNumber,
    readings: dimensions.map(({ reading }) => reading),
    measures: merged.measures,
  };
}

function groupBy(merged: MergedAggregate, q: (name: string) => string): string {
  const list = (set: readonly number[]): string => set.map((d) => q(`d${d}`)).join(", ");
  const [first] = merged.sets;
  if (merged.sets.length > 1)
    return ` GROUP BY GROUPING SETS (${merged.sets.map((set) => `(${list(set)})`).join(", ")})`;
  return first === undefined || first.length === 0 ? "" : ` GROUP BY ${list(first)}`;
}
