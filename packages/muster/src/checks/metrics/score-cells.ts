import type { Aggregate, Dimension, Groups } from "../../query/aggregate.ts";
import { column } from "../../query/expression.ts";
import type { ScoreCells } from "../../stats/roc-auc.ts";
import { columnOf, sumOf, trouble, undefinedFor } from "./cells.ts";
import type { MetricColumns, MetricInput, MetricUndefined } from "./metric.ts";
import { both, isNegative, isPositive, isPresent, labelled, tally, upkeep } from "./row-conditions.ts";

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
      ...upkeep(columns, labelled(columns), isPresent(name)),
      ...tally(columns, "positives", both(isPositive(columns), isPresent(name))),
      ...tally(columns, "negatives", both(isNegative(columns), isPresent(name))),
    },
  };
}

/** Cells of equal score are added up, so that answers of several windows may simply be joined. */
export function readScores(cells: Groups): ReadScores | MetricUndefined {
  const wrong = trouble(cells);
  if (wrong !== null) return wrong;
  const scores = Float64Array.from(cells.keys[0] ?? [], (key) => (key === null ? Number.NaN : Number(key)));
  const order = Array.from(scores.keys())
    .filter((g) => !Number.isNaN(scores[g]))
    .sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  const place = new Int32Array(order.length);
  for (let i = 1; i < order.length; i++) {
    const same = scores[order[i] ?? 0] === scores[order[i - 1] ?? 0];
    place[i] = (place[i - 1] ?? 0) + (same ? 0 : 1);
  }
  const distinct = order.length === 0 ? 0 : (place[order.length - 1] ?? 0) + 1;
  const ordered = (name: string): Float64Array => {
    const own = columnOf(cells, name);
    const sums = new Float64Array(distinct);
    order.forEach((g, i) => {
      const value = own[g] ?? 0;
      const at = place[i] ?? 0;
      if (!Number.isNaN(value)) sums[at] = (sums[at] ?? 0) + value;
    });
    return sums;
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
