import type { Among } from "../query/aggregate.ts";
import { epochOfText } from "../query/time.ts";
import { momentText } from "./moment-text.ts";
import type { SqlColumns } from "./sql-columns.ts";
import { dimensionSql, type KeyReading, labelCodes } from "./sql-dimension.ts";
import { doubleLiteral, integerLiteral } from "./sql-literal.ts";

/** The rows of some groups: their key as it is grouped by, held against the keys as they are read back. */
export function amongSql(columns: SqlColumns, { dimension, keys }: Among): string {
  const { key, reading } = dimensionSql(columns, dimension);
  const isText = reading.kind === "text";
  // Whole numbers beyond 2^53 are texts as keys, and only as texts are they compared digit by digit.
  const operand =
    isText && columns.find("column" in dimension ? dimension.column : "").type !== "string"
      ? `CAST(${key} AS STRING)`
      : key;
  const literals = keys.flatMap((wanted) => {
    if (wanted === null) return [];
    return literalOf(columns, reading, wanted) ?? [];
  });
  const parts = [
    ...(literals.length === 0 ? [] : [`(${operand}) IN (${literals.join(", ")})`]),
    ...(keys.includes(null) ? [`(${key}) IS NULL`] : []),
  ];
  return parts.length === 0 ? "FALSE" : `(${parts.join(" OR ")})`;
}

/** What the key was before it was read; undefined for a key that the dimension cannot have. */
function literalOf(columns: SqlColumns, reading: KeyReading, key: string | number): string | undefined {
  if ((reading.kind === "number") !== (typeof key === "number")) return undefined;
  const text = String(key);
  switch (reading.kind) {
    case "text":
      return columns.dialect.text(text);
    case "number":
    case "number_text":
      return String(Number(text)) === text ? doubleLiteral(Number(text)) : undefined;
    case "moment": {
      const epoch = epochOfText(text) ?? Number(text);
      if (!Number.isSafeInteger(epoch) || momentText(epoch, reading.dayOnly) !== text) return undefined;
      return integerLiteral(epoch);
    }
    case "label": {
      const code = labelCodes(reading.labels).get(text);
      return code === undefined ? undefined : integerLiteral(code);
    }
  }
}
