import type { Measure } from "../query/aggregate.ts";
import { columnsRead } from "../query/columns.ts";
import type { MergedAggregate } from "../query/merge-plan.ts";
import { amongSql } from "./sql-among.ts";
import type { Extremes, SqlColumns } from "./sql-columns.ts";
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
  /** Whether a number in it that is not finite shows that extremes came in. */
  readonly measured?: boolean;
  /** Whether it stands in the open statement alone, and only shows whether extremes came in. */
  readonly guard?: true;
  /** Where bit d of the set number is 1, a key is rolled up and need not be read. */
  readonly rolledUpBit?: number;
}

/**
 * A merged aggregate as one statement. The outputs are, in this order: the set number when there are several sets
 * (bit d is 1 when dimension d is rolled up), a key for each dimension, a number for each measure, and then numbers that
 * only show whether extremes came in.
 */
export interface Statement {
  /** What to run. It leaves extremes open, so its answer stands only if every measure of it is finite or null. */
  readonly sql: string;
  /** What to run where it is not; absent where nothing extreme can come in. */
  readonly guardedSql?: string;
  readonly outputs: readonly Output[];
  readonly hasSetNumber: boolean;
  readonly readings: readonly KeyReading[];
  readonly measures: readonly Measure[];
}

/** Rows are reduced to keys and inputs first, so that each is written and computed once, whatever uses it. */
export function statementSql(table: SqlColumns, merged: MergedAggregate): Statement {
  const open = written(table, merged, "open");
  const guarded = written(table, merged, "guarded");
  return { ...open, ...(guarded.sql === open.sql ? {} : { guardedSql: guarded.sql }) };
}

function written(
  table: SqlColumns,
  merged: MergedAggregate,
  extremes: Extremes,
): Omit<Statement, "guardedSql"> {
  const q = (name: string): string => table.quote(name);
  const { columns: unshared, from: source } =
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
  const { columns, terms } = unshared.sharing(extremes);
  let inputs = new Map<string, string>();
  const input = (sql: string): string => {
    const name = inputs.get(sql) ?? `x${inputs.size}`;
    inputs.set(sql, name);
    return q(name);
  };
  const groups = merged.dimensions.some(({ kind }) => kind === "number") ? "many" : "few";
  const render = () => ({
    dimensions: merged.dimensions.map((dimension) => dimensionSql(columns, dimension)),
    measured: merged.measures.map((measure) => measureSql(columns, measure, input, groups)),
  });
  render();
  terms.startNaming();
  inputs = new Map();
  const { dimensions, measured } = render();
  const keys = new Set(
    merged.dimensions.flatMap((d) => (d.kind === "number" && d.of.kind === "column" ? d.of.column : [])),
  );
  const toShow = [...columns.takenAsFinite]
    // A key shows by itself what is in its column.
    .filter((name) => !keys.has(name))
    .map((name) => input(columns.double(columns.find(name))));

  const conditions = [
    ...(merged.where === undefined ? [] : [predicateSql(unshared, merged.where)]),
    ...merged.among.map((among) => amongSql(unshared, among)),
  ];
  const where = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  // The condition stands where the columns still are the table's own, which lets an engine skip row groups.
  let from = `${source}${unshared.joins.after(source)}${where}`;
  for (const [i, level] of terms.levels.entries()) {
    const list = level.map(({ name, sql }) => `${sql} AS ${q(name)}`);
    from = `(SELECT *, ${list.join(", ")} FROM ${from}) AS ${q(`level${i + 1}`)}`;
  }
  const inner = [
    ...dimensions.map(({ key }, d) => `${key} AS ${q(`d${d}`)}`),
    ...[...inputs].map(([sql, name]) => `${sql} AS ${q(name)}`),
  ];
  from = `(SELECT ${inner.length === 0 ? `1 AS ${q("row")}` : inner.join(", ")} FROM ${from}) AS ${q("rows")}`;

  const hasSetNumber = merged.sets.length > 1;
  const found = new Set(measured.map(({ sql }) => sql));
  const guards = [
    // NaN is above every number, so the least and the greatest value tell as much as a sum, which is finite only if all are.
    ...toShow.filter((x) => !(found.has(`MIN(${x})`) && found.has(`MAX(${x})`))).map((x) => `SUM(${x})`),
    ...(columns.extremes === "open" && merged.dimensions.length === 0 && measured.length > 0 ? [reads] : []),
  ];
  const bits = dimensions.map((_, d) => `CAST(GROUPING(${q(`d${d}`)}) AS BIGINT) * ${2 ** d}`).join(" + ");
  const outputs: Output[] = [
    ...(hasSetNumber ? [{ name: "set", as: "DOUBLE", form: "numbers" } as const] : []),
    ...dimensions.map(({ as, reading, showsExtremes }, d) => ({
      name: `k${d}`,
      as,
      ...(showsExtremes && columns.extremes === "open" ? { measured: true } : {}),
      // Only the text of a number tells NaN from null.
      form:
        reading.kind === "text" || reading.kind === "number_text" ? ("cells" as const) : ("numbers" as const),
      ...(hasSetNumber ? { rolledUpBit: d } : {}),
    })),
    ...measured.map(({ as }, m) => ({ name: `m${m}`, as, form: "numbers" as const, measured: true })),
    ...guards.map(
      (_, g) => ({ name: `g${g}`, as: "DOUBLE", form: "numbers", measured: true, guard: true }) as const,
    ),
  ];
  const sources = [
    ...(hasSetNumber ? [bits] : []),
    ...dimensions.map((_, d) => q(`d${d}`)),
    ...measured.map(({ sql }) => sql),
    ...guards,
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

/**
 * Counts and extremes alone would be taken from what a file says of itself beside its rows. What is judged are the rows, and
 * any other aggregate makes an engine read them.
 */
const reads = "BIT_OR(1)";

function groupBy(merged: MergedAggregate, q: (name: string) => string): string {
  const list = (set: readonly number[]): string => set.map((d) => q(`d${d}`)).join(", ");
  const [first] = merged.sets;
  if (merged.sets.length > 1)
    return ` GROUP BY GROUPING SETS (${merged.sets.map((set) => `(${list(set)})`).join(", ")})`;
  return first === undefined || first.length === 0 ? "" : ` GROUP BY ${list(first)}`;
}
