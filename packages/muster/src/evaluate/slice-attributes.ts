import type { SliceValues } from "../checks/slices/slice.ts";
import type { Batch, Column, Engine } from "../engine/engine.ts";
import { type Dimension, type Groups, other } from "../query/aggregate.ts";
import { column } from "../query/expression.ts";
import { groupLabels } from "../query/labels.ts";
import type { Scalar } from "../query/scalar.ts";

/** A column as an attribute of slices: few values, the others together, missing ones apart. */
export interface SliceAttribute extends SliceValues {
  readonly dimension: Dimension & { readonly kind: "listed" | "bins" };
  /** Whether all of its numbers are whole ones. */
  readonly whole: boolean;
}

export interface AttributeLimits {
  /** So many values stand for themselves; a number of more is cut into bins. */
  readonly values: number;
  /** A value of fewer rows can be in no slice, and is one of the others. */
  readonly rows: number;
}

const bins = 5;
/** A column of more different values than this in the sample is cut by the sample: nobody wants to count all of an id's. */
const mostDistinct = 5000;

/** Columns that can be attributes: texts, flags and numbers. Of dates nobody knows which part matters. */
export const isAttribute = ({ type }: Column): boolean =>
  ["string", "boolean", "integer", "float"].includes(type);

const isNumeric = ({ type }: Column): boolean => type === "integer" || type === "float";

/**
 * Numbers of many values in five bins of about equal size, everything else by its most frequent values. Columns of fewer than two
 * groups are left out. `sample` has rows of the table, of which `all` is the number.
 */
export async function sliceAttributes(
  engine: Engine,
  table: string,
  columns: readonly Column[],
  { sample, all, limits }: { readonly sample: Batch; readonly all: number; readonly limits: AttributeLimits },
  signal?: AbortSignal,
): Promise<readonly SliceAttribute[]> {
  const sampled = columns.map((own) => countsOfSample(sample, own, all));
  const exact = columns.filter((_, i) => (sampled[i]?.length ?? 0) <= mostDistinct);
  const answers = await engine.aggregate(
    exact.map((own) => ({
      table,
      by: [
        isNumeric(own)
          ? ({ kind: "number", of: column(own.name) } as const)
          : ({ kind: "values", column: own.name } as const),
      ],
      values: { n: { fn: "count" } },
    })),
    signal,
  );
  return columns.flatMap((own, i) => {
    const groups = answers[exact.indexOf(own)]?.groups;
    const counts = groups === undefined ? (sampled[i] ?? []) : countsOf(groups);
    const dimension = dimensionOf(own, counts, limits);
    if (dimension === null) return [];
    const values = [...new Set([...groupLabels(dimension), other, null])];
    return [{ name: own.name, dimension, values, whole: own.type === "integer" }];
  });
}

function dimensionOf(
  own: Column,
  counts: readonly Count[],
  { values: most, rows: least }: AttributeLimits,
): SliceAttribute["dimension"] | null {
  if (counts.length < 2) return null;
  const edges = isNumeric(own) && counts.length > most ? quantiles(counts) : [];
  if (edges.length > 2) return { kind: "bins", column: own.name, edges };
  const values = counts
    .filter(({ value, rows }) => rows >= least && value !== other)
    .toSorted((a, b) => b.rows - a.rows || (String(a.value) < String(b.value) ? -1 : 1))
    .slice(0, most)
    .map(({ value }): Scalar => (own.type === "boolean" ? value === "true" : value));
  return values.length === 0 ? null : { kind: "listed", column: own.name, values };
}

interface Count {
  readonly value: string | number;
  readonly rows: number;
}

function countsOf({ keys, values }: Groups): readonly Count[] {
  return (keys[0] ?? []).flatMap((value, g) =>
    value === null || (typeof value === "number" && !Number.isFinite(value))
      ? []
      : [{ value, rows: values.n?.[g] ?? 0 }],
  );
}

/** Of the whole table, reckoned from a part of its rows. */
function countsOfSample(sample: Batch, own: Column, all: number): readonly Count[] {
  const counts = new Map<string | number, number>();
  for (const cell of sample.columns[own.name] ?? []) {
    if (cell === null || (typeof cell === "number" && !Number.isFinite(cell))) continue;
    const value = typeof cell === "boolean" ? String(cell) : cell;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return Array.from(counts, ([value, rows]) => ({ value, rows: (rows * all) / sample.rows }));
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
