import type { Groups } from "../../query/aggregate.ts";
import { finiteFacts, type MetricUndefined, type MetricValue } from "./metric.ts";

/** The sum of a value over all cells; cells without such a row (null in the engine) add nothing. */
export function sumOf(cells: Groups, name: string): number {
  let sum = 0;
  for (const value of columnOf(cells, name)) if (!Number.isNaN(value)) sum += value;
  return sum;
}

/** The largest value over all cells, or NaN when no cell has one. */
export function largestOf(cells: Groups, name: string): number {
  let largest = Number.NaN;
  for (const value of columnOf(cells, name)) if (!(value <= largest) && !Number.isNaN(value)) largest = value;
  return largest;
}

export function smallestOf(cells: Groups, name: string): number {
  let smallest = Number.NaN;
  for (const value of columnOf(cells, name)) {
    if (!(value >= smallest) && !Number.isNaN(value)) smallest = value;
  }
  return smallest;
}

const nothing = new Float64Array();

export function columnOf(cells: Groups, name: string): Float64Array {
  return Object.hasOwn(cells.values, name) ? (cells.values[name] ?? nothing) : nothing;
}

/** Why nothing can be said of these rows at all, by the counts of `upkeep`; null when it can. */
export function trouble(cells: Groups): MetricUndefined | null {
  const rows = sumOf(cells, "rows");
  if (rows === 0) return undefinedFor("no row has a label", 0);
  const unanswered = sumOf(cells, "unanswered");
  if (unanswered > 0) return noPrediction(unanswered, rows);
  const badWeights = sumOf(cells, "bad_weights");
  if (badWeights > 0) {
    return undefinedFor(`${badWeights} of ${rows} labelled rows have no weight or a negative one`, rows);
  }
  return null;
}

export function noPrediction(unanswered: number, rows: number): MetricUndefined {
  return undefinedFor(`${unanswered} of ${rows} labelled rows have no prediction to compare with`, rows);
}

export function undefinedFor(
  because: string,
  rows: number,
  facts: Readonly<Record<string, number>> = {},
): MetricUndefined {
  return { kind: "undefined", because, rows, facts: finiteFacts(facts) };
}

export function valueFor(
  value: number,
  rows: number,
  facts: Readonly<Record<string, number>>,
): MetricValue | MetricUndefined {
  if (!Number.isFinite(value)) return undefinedFor("the numbers are too extreme to compute it", rows, facts);
  return { kind: "value", value, rows, facts: finiteFacts(facts) };
}

/** How many equal rows weigh as much evidence: (sum w)² / sum w² (L. Kish 1965). */
export function effectiveRows(weight: number, squares: number): number {
  return squares > 0 ? (weight * weight) / squares : 0;
}
