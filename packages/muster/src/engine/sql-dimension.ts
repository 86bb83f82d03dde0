import { type Dimension, lastCell, offLine, other, weekdays } from "../query/aggregate.ts";
import type { Expression } from "../query/expression.ts";
import { groupLabels } from "../query/labels.ts";
import type { Scalar } from "../query/scalar.ts";
import { MusterError } from "../source/muster-error.ts";
import { inByteOrder } from "./byte-order.ts";
import { checkBins, checkCells, checkCuts, checkSeed } from "./check-asked.ts";
import type { Column } from "./engine.ts";
import { equalityTarget } from "./equality.ts";
import { type SqlColumns, wrongType } from "./sql-columns.ts";
import { expressionSql, finiteSql, openSql } from "./sql-expression.ts";
import { keyText } from "./sql-key-text.ts";
import { doubleLiteral, integerLiteral, isFiniteSql } from "./sql-literal.ts";
import { equalityLiteral, equalityOperand } from "./sql-predicate.ts";

/** How the key of a group is read back. */
export type KeyReading =
  /** The text itself. */
  | { readonly kind: "text" }
  /** The number itself. */
  | { readonly kind: "number" }
  /** The text of a number, as JavaScript writes it. */
  | { readonly kind: "number_text" }
  /** A moment in milliseconds, read as ISO text; of a date only the day. */
  | { readonly kind: "moment"; readonly dayOnly: boolean }
  /** A position in `labels`, -1 for `other`. */
  | { readonly kind: "label"; readonly labels: readonly string[] };

export interface DimensionSql {
  /** What the rows are grouped by. */
  readonly key: string;
  /** The type that the key is cast to on its way out. */
  readonly as: "STRING" | "DOUBLE";
  readonly reading: KeyReading;
  /** Whether NaN and the infinities are keys of their own where extremes are left open. */
  readonly showsExtremes?: true;
}

export function dimensionSql(columns: SqlColumns, dimension: Dimension): DimensionSql {
  switch (dimension.kind) {
    case "values":
      return valuesSql(columns, columns.find(dimension.column));
    case "listed":
      return listedSql(columns, dimension);
    case "hours":
      return hoursSql(columns, dimension);
    case "bins":
      return binsSql(columns, dimension);
    case "part":
      return partSql(columns, dimension);
    case "bucket":
      return bucketSql(columns, columns.find(dimension.column));
    case "half":
      return halfSql(columns, dimension);
    case "cuts":
      return cutsSql(columns, dimension);
    case "number":
      return {
        key: columns.oneZero((columns.extremes === "open" ? openSql : finiteSql)(columns, dimension.of)),
        as: "DOUBLE",
        reading: { kind: "number" },
        showsExtremes: true,
      };
    case "cell": {
      checkCells(dimension.per);
      const product: Expression = {
        kind: "product_of",
        terms: [dimension.of, { kind: "constant", value: dimension.per }],
      };
      const scaled = (): string => openSql(columns, product);
      // Engines group by whole numbers faster than by doubles; and one of them has FLOOR return a whole number anyway.
      const key =
        `CASE WHEN ABS(${scaled()}) < ${doubleLiteral(lastCell)} THEN CAST(FLOOR(${scaled()}) AS BIGINT) ` +
        `WHEN ${isFiniteSql(openSql(columns, dimension.of))} THEN CASE WHEN ${scaled()} > 0e0 THEN ${integerLiteral(lastCell)} ` +
        `ELSE ${integerLiteral(-lastCell)} END END`;
      return { key, as: "DOUBLE", reading: { kind: "number" } };
    }
  }
}

function halfSql(
  columns: SqlColumns,
  { column: name, seed }: Dimension & { readonly kind: "half" },
): DimensionSql {
  checkSeed(seed);
  const column = columns.find(name);
  const key = columns.ofValue(column, (own) => {
    const hash = `md5(concat_ws(':', '${seed}', ${keyText(own, column)}))`;
    return `CASE WHEN ${own.quote(name)} IS NULL THEN NULL WHEN ${hash} < '8' THEN 0 ELSE 1 END`;
  });
  return { key, as: "DOUBLE", reading: { kind: "number" } };
}

/** The number whose place is looked for, and the cut points as checked. */
export function cutOperand(columns: SqlColumns, { of, cuts }: Dimension & { readonly kind: "cuts" }): string {
  checkCuts(cuts);
  return expressionSql(columns, { kind: "raw", of });
}

function cutsSql(columns: SqlColumns, dimension: Dimension & { readonly kind: "cuts" }): DimensionSql {
  const operand = cutOperand(columns, dimension);
  const search = (low: number, high: number): string => {
    if (low === high) return String(low);
    const middle = (low + high + 1) >> 1;
    const cut = doubleLiteral(dimension.cuts[middle - 1] ?? 0);
    return `CASE WHEN ${operand} < ${cut} THEN ${search(low, middle - 1)} ELSE ${search(middle, high)} END`;
  };
  // NaN equals neither infinity, and is greater than both.
  const key =
    `CASE WHEN ${operand} IS NULL THEN NULL WHEN ${isFiniteSql(operand)} THEN ${search(0, dimension.cuts.length)} ` +
    `WHEN ${operand} = ${doubleLiteral(Number.POSITIVE_INFINITY)} THEN ${offLine.positiveInfinity} ` +
    `WHEN ${operand} = ${doubleLiteral(Number.NEGATIVE_INFINITY)} THEN ${offLine.negativeInfinity} ELSE ${offLine.nan} END`;
  return { key, as: "DOUBLE", reading: { kind: "number" } };
}

function valuesSql(columns: SqlColumns, column: Column): DimensionSql {
  switch (column.type) {
    case "string":
      return { key: columns.text(column), as: "STRING", reading: { kind: "text" } };
    case "integer":
    case "boolean":
      return { key: columns.quote(column.name), as: "STRING", reading: { kind: "text" } };
    case "float":
      return { key: columns.oneZero(columns.double(column)), as: "DOUBLE", reading: { kind: "number_text" } };
    case "datetime": {
      const dayOnly = column.native.toUpperCase() === "DATE";
      return { key: columns.epoch(column), as: "DOUBLE", reading: { kind: "moment", dayOnly } };
    }
    case "list":
    case "unknown":
      throw wrongType(column, columns.table, "a text, number, boolean, date or time");
  }
}

/** The code of each label: ranges of one name are one group, and a group named `other` is that. */
export function labelCodes(labels: readonly string[]): ReadonlyMap<string, number> {
  const first = new Map<string, number>([[other, -1]]);
  for (const [i, label] of labels.entries()) if (!first.has(label)) first.set(label, i);
  return first;
}

/** `key` is given the code of the i-th group. */
function labelled(
  dimension: Parameters<typeof groupLabels>[0],
  key: (code: (i: number) => number) => string,
): DimensionSql {
  const labels = groupLabels(dimension);
  const codes = labelCodes(labels);
  const code = (i: number): number => codes.get(labels[i] ?? other) ?? -1;
  return { key: key(code), as: "DOUBLE", reading: { kind: "label", labels } };
}

function listedSql(columns: SqlColumns, dimension: Dimension & { readonly kind: "listed" }): DimensionSql {
  const column = columns.find(dimension.column);
  const operand = (): string => equalityOperand(columns, column);
  const first = new Map<Scalar, number>();
  for (const [i, value] of dimension.values.entries()) {
    const target = equalityTarget(column.type, value);
    if (target !== undefined && !first.has(target)) first.set(target, i);
  }
  const sorted = [...first].sort(([a], [b]) => inSqlOrder(a, b));
  return labelled(dimension, (code) => {
    const cases = sorted.map(([target, i]) => ({
      literal: equalityLiteral(columns, column, target),
      code: code(i),
    }));
    return `CASE WHEN ${operand()} IS NULL THEN NULL ELSE ${searchSql(operand, cases)} END`;
  });
}

/** A long list is searched by halves, as a chain of comparisons would cost every row all of them. */
function searchSql(
  operand: () => string,
  cases: readonly { readonly literal: string | undefined; readonly code: number }[],
): string {
  if (cases.length <= 8) {
    const whens = cases.map(({ literal, code }) => `WHEN ${operand()} = ${literal} THEN ${code}`);
    return cases.length === 0 ? "-1" : `CASE ${whens.join(" ")} ELSE -1 END`;
  }
  const middle = cases.length >> 1;
  const [low, high] = [cases.slice(0, middle), cases.slice(middle)];
  const halves = `THEN ${searchSql(operand, low)} ELSE ${searchSql(operand, high)} END`;
  return `CASE WHEN ${operand()} < ${high[0]?.literal} ${halves}`;
}

const inSqlOrder = (a: Scalar, b: Scalar): number =>
  typeof a === "string" && typeof b === "string" ? inByteOrder(a, b) : Number(a) - Number(b);

const hour = 3_600_000;
const day = 24 * hour;

function hoursSql(columns: SqlColumns, dimension: Dimension & { readonly kind: "hours" }): DimensionSql {
  const column = columns.find(dimension.column);
  const epoch = (): string => columns.epoch(column);
  const edges = dimension.ranges.flatMap(({ from, to }) => [from, to]);
  if (!edges.every(Number.isFinite)) throw new MusterError("engine/failed", "Hours need finite numbers.");
  // Also what a column of another type is told by.
  const whenMissing = `CASE WHEN ${epoch()} IS NULL THEN NULL`;
  // Whole hours can do without milliseconds, several times faster.
  if (edges.every(Number.isInteger)) return wholeHoursSql(columns, dimension, whenMissing);
  // The remainder of a time before 1970 is negative, hence twice.
  const time = (): string =>
    columns.part("time", column.name, () => `((${epoch()} % ${day} + ${day}) % ${day})`);
  return labelled(dimension, (code) => {
    const whens = dimension.ranges.map(({ from, to }, i) => {
      const bounds = [
        ...(from > 0 ? [`${time()} >= ${doubleLiteral(from * hour)}`] : []),
        ...(to < 24 ? [`${time()} < ${doubleLiteral(to * hour)}`] : []),
      ];
      return `WHEN ${bounds.join(" AND ") || "TRUE"} THEN ${code(i)}`;
    });
    return `${whenMissing} ${whens.join(" ")} ELSE -1 END`;
  });
}

/** The 24 hours of a day fall into stretches of one group each, which are searched by halves. */
function wholeHoursSql(
  columns: SqlColumns,
  dimension: Dimension & { readonly kind: "hours" },
  whenMissing: string,
): DimensionSql {
  const quoted = columns.quote(dimension.column);
  const hourOf = (): string => columns.part("hour", dimension.column, () => `EXTRACT(HOUR FROM ${quoted})`);
  return labelled(dimension, (code) => {
    const stretches: { readonly from: number; readonly code: number }[] = [];
    for (let h = 0; h < 24; h++) {
      const range = dimension.ranges.findIndex(({ from, to }) => h >= from && h < to);
      const own = range < 0 ? -1 : code(range);
      if (stretches.at(-1)?.code !== own) stretches.push({ from: h, code: own });
    }
    const search = (low: number, high: number): string => {
      if (low === high) return String(stretches[low]?.code);
      const middle = (low + high + 1) >> 1;
      return `CASE WHEN ${hourOf()} < ${stretches[middle]?.from} THEN ${search(low, middle - 1)} ELSE ${search(middle, high)} END`;
    };
    return `${whenMissing} ELSE ${search(0, stretches.length - 1)} END`;
  });
}

function partSql(columns: SqlColumns, dimension: Dimension & { readonly kind: "part" }): DimensionSql {
  const column = columns.find(dimension.column);
  const epoch = columns.epoch(column);
  if (dimension.part === "weekday") {
    // Day 0 was a Thursday; the remainder of a day before it is negative, hence twice.
    const days = `CAST(FLOOR((${epoch}) / ${doubleLiteral(day)}) AS BIGINT)`;
    const key = `((${days} + 3) % 7 + 7) % 7`;
    return { key, as: "DOUBLE", reading: { kind: "label", labels: weekdays } };
  }
  const key = `EXTRACT(${dimension.part.toUpperCase()} FROM ${columns.quote(column.name)})`;
  return { key, as: "DOUBLE", reading: { kind: "number_text" } };
}

function bucketSql(columns: SqlColumns, column: Column): DimensionSql {
  if (column.type === "float" || column.type === "unknown")
    throw wrongType(column, columns.table, "a text, whole number, boolean, date or time");
  const key = columns.ofValue(column, (own) => {
    const text = column.type === "datetime" ? `CAST(${own.epoch(column)} AS STRING)` : own.text(column);
    return `SUBSTRING(MD5(${text}), 1, 2)`;
  });
  return { key, as: "STRING", reading: { kind: "text" } };
}

function binsSql(columns: SqlColumns, dimension: Dimension & { readonly kind: "bins" }): DimensionSql {
  const { edges } = dimension;
  checkBins(edges);
  const column = columns.find(dimension.column);
  // Integers stay integers, which is faster and exact.
  const whole =
    (column.type === "integer" || column.type === "datetime") && edges.every(Number.isSafeInteger);
  const operand = (): string => {
    if (column.type === "integer" && whole) return columns.quote(column.name);
    return column.type === "datetime" ? columns.epoch(column) : columns.double(column);
  };
  const literal = (i: number): string =>
    whole ? integerLiteral(edges[i] ?? 0) : doubleLiteral(edges[i] ?? 0);
  /** The bin of a value known to lie in bins `low` to `high`: half as many comparisons with each step. */
  const search = (low: number, high: number): string => {
    if (low === high) return String(low);
    const middle = (low + high + 1) >> 1;
    return `CASE WHEN ${operand()} < ${literal(middle)} THEN ${search(low, middle - 1)} ELSE ${search(middle, high)} END`;
  };
  const last = edges.length - 1;
  // NaN is greater than the last edge in every engine, and so in `other` with everything else outside.
  return labelled(
    dimension,
    () =>
      `CASE WHEN ${operand()} IS NULL THEN NULL WHEN ${operand()} < ${literal(0)} OR ${operand()} > ${literal(last)} ` +
      `THEN -1 ELSE ${search(0, last - 1)} END`,
  );
}
