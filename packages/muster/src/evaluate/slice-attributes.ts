import type { Column, Engine } from "../engine/engine.ts";
import type { Dimension, Groups } from "../query/aggregate.ts";
import { column } from "../query/expression.ts";
import type { Scalar } from "../query/scalar.ts";

/** A column as an attribute of slices: few values, the others together, missing ones apart. */
export interface SliceAttribute {
  readonly name: string;
  readonly dimension: Dimension & { readonly kind: "listed" | "bins" };
}

const mostValues = 20;
const bins = 5;

/** Columns that can be attributes: texts, flags and numbers. Of dates nobody knows which part matters. */
export const isAttribute = ({ type }: Column): boolean =>
  ["string", "boolean", "integer", "float"].includes(type);

/** Numbers of more than 20 values in five bins of about equal size, everything else by its 20 most frequent values. */
export async function sliceAttributes(
  engine: Engine,
  table: string,
  columns: readonly Column[],
  signal?: AbortSignal,
): Promise<readonly SliceAttribute[]> {
  const answers = await engine.aggregate(
    columns.map(({ name, type }) => ({
      table,
      by: [
        type === "integer" || type === "float"
          ? ({ kind: "number", of: column(name) } as const)
          : ({ kind: "values", column: name } as const),
      ],
      values: { n: { fn: "count" } },
    })),
    signal,
  );
  return columns.flatMap((own, i): SliceAttribute[] => {
    const groups = answers[i]?.groups;
    if (groups === undefined) return [];
    const counts = countsOf(groups);
    if (counts.length < 2) return [];
    const numeric = own.type === "integer" || own.type === "float";
    const edges = numeric && counts.length > mostValues ? quantiles(counts) : [];
    if (edges.length > 2) return [{ name: own.name, dimension: { kind: "bins", column: own.name, edges } }];
    const values = counts
      .toSorted((a, b) => b.rows - a.rows || (String(a.value) < String(b.value) ? -1 : 1))
      .slice(0, mostValues)
      .map(({ value }): Scalar => (own.type === "boolean" ? value === "true" : value));
    return [{ name: own.name, dimension: { kind: "listed", column: own.name, values } }];
  });
}

interface Count {
  readonly value: string | number;
  readonly rows: number;
}

function countsOf({ keys, values }: Groups): readonly Count[] {
  return (keys[0] ?? []).flatMap((value, g) => (value === null ? [] : [{ value, rows: values.n?.[g] ?? 0 }]));
}

/** Edges between values, so that each bin has about as many rows; the same edge twice is one. */
function quantiles(counts: readonly Count[]): readonly number[] {
  const sorted = counts
    .map(({ value, rows }) => ({ value: Number(value), rows }))
    .toSorted((a, b) => a.value - b.value);
  const all = sorted.reduce((sum, { rows }) => sum + rows, 0);
  const edges = new Set([sorted[0]?.value ?? 0]);
  let seen = 0;
  for (const { value, rows } of sorted) {
    if (Math.floor((seen * bins) / all) < Math.floor(((seen + rows) * bins) / all) && seen > 0)
      edges.add(value);
    seen += rows;
  }
  edges.add(sorted.at(-1)?.value ?? 0);
  return [...edges];
}
