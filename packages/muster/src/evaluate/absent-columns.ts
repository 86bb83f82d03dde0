import type { TableInfo } from "../engine/engine.ts";
import { columnsOf } from "../query/columns.ts";
import { isDerivedBy } from "../query/derivation.ts";
import type { Read } from "../query/read.ts";
import { MusterError } from "../source/muster-error.ts";
import { modelColumn, tables } from "./compile/tables.ts";

export type AggregateRead = Extract<Read, { readonly kind: "aggregate" }>;

/** The columns that the table itself has to have: those of the rows that are derived from, in place of the derived ones. */
export function columnsRead({ aggregate, derive = [] }: AggregateRead): readonly string[] {
  const own = columnsOf(aggregate).filter((column) => !derive.some((one) => isDerivedBy(one, column)));
  return [...own, ...derive.flatMap((one) => Object.values(one.columns))];
}

/** Why the columns cannot be read, or null when they can. */
export function absent(
  table: string,
  columns: Iterable<string>,
  info: TableInfo | MusterError,
): string | null {
  if (info instanceof MusterError) return info.message;
  const known = new Set(info.columns.map((c) => c.name));
  const unknown = [...new Set(columns)].filter((c) => !known.has(c));
  const outputs = table === tables.scored ? unknown.filter((c) => c.startsWith(modelColumn(""))) : [];
  if (outputs.length > 0) {
    const list = outputs.map((c) => c.slice(modelColumn("").length)).join(", ");
    return `the model gives no output ${list} of one number or text a row (of several numbers a row one is named: name[0])`;
  }
  return unknown.length === 0 ? null : `the ${table} data has no column ${unknown.join(", ")}`;
}
