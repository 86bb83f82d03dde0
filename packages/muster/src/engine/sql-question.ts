import { columnsOfQuestion } from "../query/columns.ts";
import type { Question, QuestionAnswer, Told } from "../query/question.ts";
import { mostTold } from "../query/question.ts";
import { MusterError } from "../source/muster-error.ts";
import { type ResultColumn, readName } from "./answer.ts";
import { checkRepeats, checkSampleKeys, checkSeed } from "./check-asked.ts";
import type { Column } from "./engine.ts";
import type { Output } from "./sql.ts";
import type { SqlColumns } from "./sql-columns.ts";
import { dimensionSql } from "./sql-dimension.ts";
import { keyText } from "./sql-key-text.ts";
import { isFiniteSql } from "./sql-literal.ts";
import { predicateSql } from "./sql-predicate.ts";

/** A question as one statement, and how its result is read. */
export interface QuestionSql {
  readonly sql: string;
  readonly outputs: readonly Output[];
  read(result: readonly ResultColumn[]): QuestionAnswer;
}

export function questionSql(columns: SqlColumns, question: Question): QuestionSql {
  switch (question.kind) {
    case "repeats":
      return repeatsSql(columns, question);
    case "top_values":
      return topValuesSql(columns, question);
    case "sample":
    case "rows":
      return toldSql(columns, question);
    case "separation":
      return separationSql(columns, question);
    default:
      return question satisfies never;
  }
}

type Kind<K extends Question["kind"]> = Extract<Question, { readonly kind: K }>;

const number = (name: string): Output => ({ name, as: "DOUBLE", form: "numbers" });

/** Numbers of one row. */
const totals = (result: readonly ResultColumn[]): number[] =>
  result.map((column) => {
    const value = Number(column[0] ?? 0);
    return Number.isNaN(value) ? 0 : value;
  });

/** What a row is grouped by: the value as stored, with -0 as 0. */
function groupKey(columns: SqlColumns, column: Column): string {
  const isFloat = column.type === "float" && !column.native.toUpperCase().startsWith("DECIMAL");
  return isFloat ? `(${columns.double(column)}) + 0e0` : columns.quote(column.name);
}

/**
 * Rows whose hash stands alone have no equal, and those are nearly all: only the others are compared value by value, so
 * that the answer is exact and wide rows are not sorted. They are grouped by the label first, as the most frequent
 * label of equal rows is the one that need not change.
 */
function repeatsSql(columns: SqlColumns, question: Kind<"repeats">): QuestionSql {
  const q = (name: string): string => columns.quote(name);
  const names = question.columns ?? columns.names();
  checkRepeats(names);
  const values = names.map((name) => groupKey(columns, columns.find(name)));
  const label = question.label === undefined ? "1" : groupKey(columns, columns.find(question.label));
  const conditions = [
    ...(question.where === undefined ? [] : [predicateSql(columns, question.where)]),
    ...(question.label === undefined
      ? []
      : [predicateSql(columns, { kind: "is_finite", column: question.label })]),
  ];
  const where = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  const from = `FROM ${q(columns.table)}${where}`;
  const hash = columns.dialect.rowHash(values);
  const several = `(SELECT ${q("h")} FROM (SELECT ${hash} AS ${q("h")} ${from}) AS ${q("hashes")} GROUP BY ${q("h")} HAVING COUNT(*) > 1)`;
  const selected = values.map((value, i) => `${value} AS ${q(`k${i}`)}`).join(", ");
  const candidates =
    `(SELECT ${selected}, ${label} AS ${q("y")}, ${hash} AS ${q("h")} ${from}) AS ${q("l")} ` +
    `${columns.dialect.semiJoin} ${several} AS ${q("r")} ON ${q("l")}.${q("h")} = ${q("r")}.${q("h")}`;
  const keys = values.map((_, i) => q(`k${i}`)).join(", ");
  const labels = `(SELECT ${keys}, ${q("y")}, COUNT(*) AS ${q("m")} FROM ${candidates} GROUP BY ${keys}, ${q("y")}) AS ${q("labels")}`;
  const groups =
    `(SELECT SUM(${q("m")}) AS ${q("n")}, MAX(${q("m")}) AS ${q("top")}, COUNT(*) AS ${q("classes")} ` +
    `FROM ${labels} GROUP BY ${keys}) AS ${q("groups")}`;
  const sum = (what: string): string => `COALESCE(SUM(${what}), 0)`;
  const outputs = ["rows", "more", "repeated", "conflicting", "flips"].map(number);
  const told = [
    `(SELECT COUNT(*) ${from})`,
    sum(`${q("n")} - 1`),
    sum(`CASE WHEN ${q("n")} > 1 THEN ${q("n")} END`),
    sum(`CASE WHEN ${q("classes")} > 1 THEN ${q("n")} END`),
    sum(`${q("n")} - ${q("top")}`),
  ].map((value, i) => `CAST(${value} AS DOUBLE) AS ${q(outputs[i]?.name ?? "")}`);
  return {
    sql: `SELECT ${told.join(", ")} FROM ${groups}`,
    outputs,
    read(result) {
      const [rows = 0, more = 0, repeated = 0, conflicting = 0, flips = 0] = totals(result);
      return { kind: "repeats", rows, distinct: rows - more, repeated, conflicting, flips };
    },
  };
}

function topValuesSql(columns: SqlColumns, question: Kind<"top_values">): QuestionSql {
  const q = (name: string): string => columns.quote(name);
  const most = bounded(question.most);
  const { key, as, reading } = dimensionSql(columns, { kind: "values", column: question.column });
  const where = question.where === undefined ? undefined : predicateSql(columns, question.where);
  const early = columnsOfQuestion(question).every((name) => name === question.column);
  const rows =
    where !== undefined && early
      ? fittingValues(columns, question.column, key, where)
      : `(SELECT ${key} AS ${q("k")}, 1 AS ${q("m")} FROM ${q(columns.table)}${where === undefined ? "" : ` WHERE ${where}`})`;
  const sums = `(SELECT ${q("k")}, SUM(${q("m")}) AS ${q("n")} FROM ${rows} AS ${q("rows")} GROUP BY ${q("k")}) AS ${q("sums")}`;
  const grouped = `(SELECT * FROM ${sums} WHERE ${q("n")} IS NOT NULL) AS ${q("groups")}`;
  return {
    sql:
      `SELECT CAST(${q("k")} AS ${as}) AS ${q("value")}, CAST(${q("n")} AS DOUBLE) AS ${q("count")}, ` +
      `CAST(COUNT(*) OVER () AS DOUBLE) AS ${q("distinct")}, CAST(SUM(${q("n")}) OVER () AS DOUBLE) AS ${q("all")} FROM ${grouped} ` +
      `ORDER BY ${q("n")} DESC, ${q("k")} NULLS LAST LIMIT ${most}`,
    outputs: [{ name: "value", as, form: "cells" }, number("count"), number("distinct"), number("all")],
    read([values = [], counts = [], distinct = [], all = []]) {
      return {
        kind: "top_values",
        values: Array.from(values, (value, i) => ({ value: told(reading, value), rows: Number(counts[i]) })),
        distinct: Number(distinct[0] ?? 0),
        rows: Number(all[0] ?? 0),
      };
    },
  };
}

/**
 * A condition on the value alone is asked of each different value and not of each row. As a condition it would be moved back
 * to the rows, so it says what counts instead.
 */
function fittingValues(columns: SqlColumns, column: string, key: string, where: string): string {
  const value = columns.quote(column);
  const count = columns.quote(column.toLowerCase() === "n" ? "n_" : "n");
  const values = `(SELECT ${value}, COUNT(*) AS ${count} FROM ${columns.quote(columns.table)} GROUP BY ${value})`;
  const counted = `CASE WHEN ${where} THEN ${count} END AS ${columns.quote("m")}`;
  return `(SELECT ${key} AS ${columns.quote("k")}, ${counted} FROM ${values} AS ${columns.quote("values")})`;
}

/** md5 of text is the one hash that all engines have and agree on. */
function toldSql(columns: SqlColumns, question: Kind<"sample" | "rows">): QuestionSql {
  const q = (name: string): string => columns.quote(name);
  const dimensions = question.kind === "sample" ? (question.groups ?? []) : [];
  const shown = [
    ...question.columns.map((name) => dimensionSql(columns, { kind: "values", column: name })),
    ...dimensions.map((dimension) => dimensionSql(columns, dimension)),
  ];
  const select = shown.map(({ key }, i) => `${key} AS ${q(`c${i}`)}`);
  const outputs = shown.map(({ as }, i): Output => ({ name: `c${i}`, as, form: "cells" }));
  const out = outputs.map(({ name, as }) => `CAST(${q(name)} AS ${as}) AS ${q(name)}`).join(", ");
  if (outputs.length === 0) throw new MusterError("engine/failed", "Rows are told by at least one column.");
  const cells = (result: readonly ResultColumn[], i: number): Told[] =>
    Array.from(result[i] ?? [], (cell) => told(shown[i]?.reading ?? { kind: "text" }, cell));
  const read = (result: readonly ResultColumn[]): QuestionAnswer => ({
    kind: question.kind,
    count: result[0]?.length ?? 0,
    columns: Object.fromEntries(question.columns.map((name, i) => [name, cells(result, i)])),
    ...(dimensions.length === 0
      ? {}
      : { groups: dimensions.map((_, d) => cells(result, question.columns.length + d)) }),
  });
  if (question.kind === "rows") {
    const inner = `(SELECT ${select.join(", ")} FROM ${q(columns.table)} LIMIT ${bounded(question.most)}) AS ${q("rows")}`;
    return { sql: `SELECT ${out} FROM ${inner}`, outputs, read };
  }
  const size = bounded(question.size);
  checkSampleKeys(question.keys);
  checkSeed(question.seed);
  const keys = question.keys.map((name) => columns.find(name));
  const drawn = `md5(concat_ws(':', '${question.seed}', ${keys.map((key) => keyText(columns, key)).join(", ")}))`;
  const by = question.by === undefined ? null : columns.find(question.by);
  const conditions = [
    ...keys.map((key) => `${q(key.name)} IS NOT NULL`),
    ...(by === null ? [] : [predicateSql(columns, { kind: "is_finite", column: by.name })]),
    ...(question.where === undefined ? [] : [predicateSql(columns, question.where)]),
  ].join(" AND ");
  const stratum = by === null ? "" : `, ${groupKey(columns, by)} AS ${q("s")}`;
  const rows = `(SELECT ${select.join(", ")}, ${drawn} AS ${q("h")}${stratum} FROM ${q(columns.table)} WHERE ${conditions}) AS ${q("rows")}`;
  if (by === null)
    return { sql: `SELECT ${out} FROM ${rows} ORDER BY ${q("h")} LIMIT ${size}`, outputs, read };
  const names = outputs.map(({ name }) => q(name)).join(", ");
  const ranked =
    `(SELECT ${names}, ${q("h")}, ROW_NUMBER() OVER (PARTITION BY ${q("s")} ORDER BY ${q("h")}) AS ${q("r")} ` +
    `FROM ${rows}) AS ${q("ranked")}`;
  const sql = `SELECT ${out} FROM ${ranked} WHERE ${q("r")} <= ${size} ORDER BY ${q("h")} LIMIT ${mostTold}`;
  return { sql, outputs, read };
}

/**
 * Values in their order, with the negatives below each: the rank sum of H. B. Mann & D. R. Whitney, Annals of
 * Mathematical Statistics 18 (1947) 50, ties counted half.
 */
function separationSql(columns: SqlColumns, question: Kind<"separation">): QuestionSql {
  const q = (name: string): string => columns.quote(name);
  const column = columns.find(question.column);
  const value =
    column.type === "datetime"
      ? `CAST(${columns.epoch(column)} AS DOUBLE)`
      : `(${columns.double(column)}) + 0e0`;
  const positive = predicateSql(columns, {
    kind: "equals",
    column: question.label,
    value: question.positive,
  });
  const finite =
    column.type === "float" ? isFiniteSql(columns.double(column)) : `${q(column.name)} IS NOT NULL`;
  const labelled = predicateSql(columns, { kind: "is_finite", column: question.label });
  const grouped =
    `(SELECT ${q("v")}, CAST(COUNT(*) AS DOUBLE) AS ${q("n")}, CAST(COUNT(${q("y")}) AS DOUBLE) AS ${q("p")} FROM ` +
    `(SELECT ${value} AS ${q("v")}, CASE WHEN ${positive} THEN 1 END AS ${q("y")} FROM ${q(columns.table)} ` +
    `WHERE ${finite} AND ${labelled}) AS ${q("rows")} GROUP BY ${q("v")}) AS ${q("groups")}`;
  const ranked =
    `(SELECT ${q("n")}, ${q("p")}, COALESCE(SUM(${q("n")} - ${q("p")}) OVER (ORDER BY ${q("v")} ` +
    `ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0e0) AS ${q("below")} FROM ${grouped}) AS ${q("ranked")}`;
  const sum = (what: string, name: string): string =>
    `CAST(COALESCE(SUM(${what}), 0e0) AS DOUBLE) AS ${q(name)}`;
  return {
    sql: `SELECT ${[
      sum(q("p"), "positives"),
      sum(`${q("n")} - ${q("p")}`, "negatives"),
      sum(`${q("p")} * (${q("below")} + (${q("n")} - ${q("p")}) * 5e-1)`, "wins"),
    ].join(", ")} FROM ${ranked}`,
    outputs: ["positives", "negatives", "wins"].map(number),
    read(result) {
      const [positives = 0, negatives = 0, wins = 0] = totals(result);
      return { kind: "separation", positives, negatives, wins };
    },
  };
}

function bounded(most: number): number {
  if (Number.isSafeInteger(most) && most >= 1 && most <= mostTold) return most;
  throw new MusterError("engine/failed", `A question may ask for 1 to ${mostTold} rows.`);
}

function told(reading: ReturnType<typeof dimensionSql>["reading"], cell: string | number | null): Told {
  const name = reading.kind === "number" ? cell : readName(reading, cell);
  return name === null ? null : String(name);
}
