import { type DatePart, type Dimension, lastCell, offLine, other, weekdays } from "../../query/aggregate.ts";
import { groupLabels } from "../../query/labels.ts";
import type { Scalar } from "../../query/scalar.ts";
import { textOfEpoch } from "../../query/time.ts";
import { md5 } from "../../source/md5.ts";
import { checkBins, checkCells, checkCuts, checkSeed } from "../check-asked.ts";
import { equalityTarget } from "../equality.ts";
import { wrongType } from "../sql-columns.ts";
import { expressionOf, mapped } from "./interpret.ts";
import { locate, numberAt, type Row, type Rows } from "./rows.ts";

/** The key of the group that a row belongs to. */
export function dimensionOf(table: Rows, dimension: Dimension): (row: Row) => string | number | null {
  switch (dimension.kind) {
    case "half": {
      checkSeed(dimension.seed);
      const { at, column } = locate(table, dimension.column);
      if (!["string", "integer", "boolean", "datetime"].includes(column.type))
        throw wrongType(column, table.name, "a text, whole number, boolean, date or time as a key");
      return (row) => {
        const cell = row[at] ?? null;
        return cell === null ? null : Number(md5(`${dimension.seed}:${cell}`) >= "8");
      };
    }
    case "number":
      return mapped(expressionOf(table, dimension.of), (value) => value + 0);
    case "cell": {
      const { of, per } = dimension;
      checkCells(per);
      return mapped(expressionOf(table, of), (value) => {
        return Math.max(-lastCell, Math.min(lastCell, Math.floor(value * per))) + 0;
      });
    }
    case "cuts": {
      const { of, cuts } = dimension;
      checkCuts(cuts);
      return mapped(expressionOf(table, { kind: "raw", of }), (value) => {
        if (Number.isNaN(value)) return offLine.nan;
        if (!Number.isFinite(value)) return value > 0 ? offLine.positiveInfinity : offLine.negativeInfinity;
        return cuts.filter((cut) => cut <= value).length;
      });
    }
    default:
      return namedOf(table, dimension);
  }
}

function namedOf(
  table: Rows,
  dimension: Exclude<Dimension, { readonly kind: "half" | "number" | "cell" | "cuts" }>,
): (row: Row) => string | null {
  const { at, column } = locate(table, dimension.column);
  if (column.type === "unknown" || column.type === "list")
    throw wrongType(column, table.name, "a text, number, boolean, date or time");
  const present = (name: (cell: Scalar) => string) => (row: Row) => {
    const cell = row[at] ?? null;
    return cell === null ? null : name(cell);
  };
  if (dimension.kind === "values") {
    if (column.type !== "datetime") return present((cell) => String(cell === 0 ? 0 : cell));
    const end = column.native === "DATE" ? 10 : undefined;
    return present((cell) => textOfEpoch(Number(cell)).slice(0, end));
  }
  if (dimension.kind === "part") {
    if (column.type !== "datetime") throw wrongType(column, table.name, "a date or time");
    return present((cell) => partOf(new Date(Number(cell)), dimension.part));
  }
  if (dimension.kind === "bucket") {
    if (column.type === "float")
      throw wrongType(column, table.name, "a text, whole number, boolean, date or time");
    return present((cell) => md5(String(cell)).slice(0, 2));
  }
  const labels = groupLabels(dimension);
  const pick = (i: number): string => labels[i] ?? other;
  if (dimension.kind === "listed") {
    const targets = dimension.values.map((value) => equalityTarget(column.type, value));
    return present((cell) => pick(targets.indexOf(cell)));
  }
  if (dimension.kind === "hours") {
    if (column.type !== "datetime") throw wrongType(column, table.name, "a date or time");
    const hours = (cell: Scalar): number =>
      (((Number(cell) % 86_400_000) + 86_400_000) % 86_400_000) / 3_600_000;
    return present((cell) =>
      pick(dimension.ranges.findIndex(({ from, to }) => hours(cell) >= from && hours(cell) < to)),
    );
  }
  const read = numberAt(table, dimension.column, true);
  const { edges } = dimension;
  checkBins(edges);
  return (row) => {
    const value = read(row);
    if (value === null) return null;
    const i = edges.findIndex((edge, e) => value >= edge && value < (edges[e + 1] ?? -Infinity));
    return i < 0 && value === edges.at(-1) ? pick(edges.length - 2) : pick(i);
  };
}

function partOf(time: Date, part: DatePart): string {
  switch (part) {
    case "hour":
      return String(time.getUTCHours());
    case "weekday":
      return weekdays[(time.getUTCDay() + 6) % 7] ?? other;
    case "day":
      return String(time.getUTCDate());
    case "month":
      return String(time.getUTCMonth() + 1);
    case "quarter":
      return String(Math.floor(time.getUTCMonth() / 3) + 1);
    case "year":
      return String(time.getUTCFullYear());
    default:
      return part satisfies never;
  }
}
