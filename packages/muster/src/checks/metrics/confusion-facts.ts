import type { Margins } from "../../stats/confusion.ts";
import { marginsOf } from "../../stats/confusion.ts";
import { deltaStandardError } from "../../stats/confusion-delta.ts";
import { effectiveRows } from "./cells.ts";
import type { ConfusionTable } from "./confusion-table.ts";

/** How a metric's estimate is brought to a scale on which it is about normal. */
export type DeltaScale = "logit" | "fisher" | "plain";

/** `successes` of `trials`; for weighted rows scaled to their effective number, so that exact bounds apply. */
export function proportionFacts(
  numerator: number,
  denominator: number,
  squares: number,
): { readonly successes: number; readonly trials: number } {
  const trials = effectiveRows(denominator, squares);
  return { successes: denominator > 0 ? (numerator / denominator) * trials : 0, trials };
}

/** Effective rows of the whole table. */
export function tableRows(table: ConfusionTable): number {
  return effectiveRows(
    marginsOf(table.cells, table.classes.length).total,
    marginsOf(table.squares, table.classes.length).total,
  );
}

/** Facts for a large-sample bound of any function of the table's margins, with what says if it is large enough. */
export function deltaFacts(
  table: ConfusionTable,
  estimate: number,
  scale: DeltaScale,
  metric: (margins: Margins) => number,
): Readonly<Record<string, number>> {
  const rows = tableRows(table);
  return {
    estimate,
    standard_error: deltaStandardError(table.cells, table.classes.length, metric, rows),
    [scale]: 1,
    ...sizeFacts(table),
  };
}

export function sizeFacts(table: ConfusionTable): Readonly<Record<string, number>> {
  const margins = marginsOf(table.cells, table.classes.length);
  const rows = tableRows(table);
  let hits = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (let k = 0; k < table.classes.length; k++) {
    hits += margins.hits[k] ?? 0;
    const truth = margins.truth[k] ?? 0;
    if (truth > 0) smallest = Math.min(smallest, (truth / margins.total) * rows);
  }
  const correct = margins.total > 0 ? (hits / margins.total) * rows : 0;
  return { correct, errors: rows - correct, smallest_class: smallest };
}

/** Strata beyond this many would be more facts than evidence should hold. */
export const mostStrata = 100;

/** The recall of each class as a proportion of its own: `strata`, and for each `successes_k` and `trials_k`. */
export function strataFacts(
  table: ConfusionTable,
  chosen: readonly number[],
): Readonly<Record<string, number>> {
  const n = table.classes.length;
  const margins = marginsOf(table.cells, n);
  const squares = marginsOf(table.squares, n);
  const facts: Record<string, number> = { strata: chosen.length, effective_rows: tableRows(table) };
  chosen.forEach((k, at) => {
    const own = proportionFacts(margins.hits[k] ?? 0, margins.truth[k] ?? 0, squares.truth[k] ?? 0);
    facts[`successes_${at}`] = own.successes;
    facts[`trials_${at}`] = own.trials;
  });
  return facts;
}
