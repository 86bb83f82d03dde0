import type { Aggregate, Dimension, Groups } from "../../query/aggregate.ts";
import { column } from "../../query/expression.ts";
import type { ScoreCells } from "../../stats/roc-auc.ts";
import { columnOf, sumOf, trouble, undefinedFor } from "./cells.ts";
import type { MetricColumns, MetricInput, MetricUndefined } from "./metric.ts";
import { both, hasNumber, isNegative, isPositive, labelled, tally, upkeep } from "./row-conditions.ts";

/** Positives and negatives by ascending score. */
export interface ReadScores {
  readonly kind: "scores";
  readonly cells: ScoreCells;
  readonly rows: number;
  /** Counts or sums of weights. */
  readonly positives: number;
  readonly negatives: number;
}

/** Why rows cannot be ranked by these columns; null when they can. */
export function unmetScore(columns: MetricColumns): string | null {
  if (columns.score === undefined) {
    return columns.scores === undefined
      ? "it needs a score column"
      : "it ranks by one score column; measure each class against the rest with that class as the positive one";
  }
  return columns.positive === undefined ? "it needs to know which label is the positive one" : null;
}

export function scoreAggregate({ columns, resolution }: MetricInput, by: readonly Dimension[]): Aggregate {
  const name = columns.score ?? "";
  const key: Dimension =
    resolution.kind === "exact"
      ? { kind: "number", of: column(name) }
      : { kind: "cell", of: column(name), per: resolution.per };
  return {
    table: columns.table,
    by: [...by, key],
    values: {
      ...upkeep(columns, labelled(columns), hasNumber(name)),
      ...tally(columns, "positives", both(isPositive(columns), hasNumber(name))),
      ...tally(columns, "negatives", both(isNegative(columns), hasNumber(name))),
    },
  };
}

export function readScores(cells: Groups): ReadScores | MetricUndefined {
  const wrong = trouble(cells);
  if (wrong !== null) return wrong;
  const keys = cells.keys[0] ?? [];
  const scores = new Float64Array(cells.count);
  const order: number[] = [];
  for (let g = 0; g < cells.count; g++) {
    const key = keys[g] ?? null;
    if (key === null) continue;
    scores[g] = Number(key);
    order.push(g);
  }
  order.sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  const ordered = (name: string): Float64Array => {
    const own = columnOf(cells, name);
    return Float64Array.from(order, (g) => {
      const value = own[g] ?? 0;
      return Number.isNaN(value) ? 0 : value;
    });
  };
  const rows = sumOf(cells, "rows");
  const positives = sumOf(cells, "positives");
  const negatives = sumOf(cells, "negatives");
  if (positives + negatives <= 0) return undefinedFor("all weights are 0", rows);
  return {
    kind: "scores",
    cells: { positives: ordered("positives"), negatives: ordered("negatives") },
    rows,
    positives,
    negatives,
  };
}
