import type { Aggregate, Dimension, Groups } from "../../query/aggregate.ts";
import { column } from "../../query/expression.ts";
import { ascendingOrder } from "../../stats/ascending-order.ts";
import { type ScoreCells, total } from "../../stats/roc-auc.ts";
import type { ScoredCells } from "../../stats/score-curves.ts";
import { columnOf, noPrediction, sumOf, trouble, undefinedFor } from "./cells.ts";
import type { Key } from "./groups.ts";
import type { MetricColumns, MetricInput, MetricUndefined } from "./metric.ts";
import { both, isNegative, isPositive, isPresent, labelled, tally, upkeep } from "./row-conditions.ts";

/** Positives and negatives by ascending score. */
export interface ReadScores {
  readonly kind: "scores";
  /** Their scores; the numbers of the cells where scores are read in cells. */
  readonly cells: ScoredCells;
  /** The sums of squared weights in the same places: the counts where rows have no weights. */
  readonly squares: ScoreCells;
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

/**
 * Rows of each class by their score. Of rows that count alike the cells hold as little as they can, as there may be millions of
 * them: the labelled ones and the positives among them. The others are negative, and under the missing key unanswered.
 */
export function scoreAggregate({ columns, resolution }: MetricInput, by: readonly Dimension[]): Aggregate {
  const name = columns.score ?? "";
  const key: Dimension =
    resolution.kind === "exact"
      ? { kind: "number", of: column(name) }
      : { kind: "cell", of: column(name), per: resolution.per };
  if (columns.weight === undefined) {
    return {
      table: columns.table,
      by: [...by, key],
      values: {
        rows: { fn: "count", where: labelled(columns) },
        positives: { fn: "count", where: isPositive(columns) },
      },
    };
  }
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
  const scores = numbersOf(cells.keys[0] ?? []);
  const rows = sumOf(cells, "rows");
  const weighted = Object.hasOwn(cells.values, "negatives");
  const unanswered = weighted ? 0 : unscored(scores, columnOf(cells, "rows"));
  if (unanswered > 0) return noPrediction(unanswered, rows);
  const { numbers, positions } = ascendingOrder(scores);
  const place = placesOf(numbers);
  const count = place.length === 0 ? 0 : (place[place.length - 1] as number) + 1;
  const distinct = new Float64Array(count);
  for (let i = 0; i < place.length; i++) distinct[place[i] as number] = numbers[i] as number;
  const ordered = (name: string): Float64Array => {
    const own = columnOf(cells, name);
    const sums = new Float64Array(count);
    for (let i = 0; i < place.length; i++) {
      const at = place[i] as number;
      const value = own[positions[i] as number] as number;
      if (!Number.isNaN(value)) sums[at] = (sums[at] as number) + value;
    }
    return sums;
  };
  const positives = ordered("positives");
  const negatives = weighted ? ordered("negatives") : without(ordered("rows"), positives);
  const all = { positives: total(positives), negatives: total(negatives) };
  if (all.positives + all.negatives <= 0) return undefinedFor("all weights are 0", rows);
  const counted: ScoredCells = { scores: distinct, positives, negatives };
  const squares = weighted
    ? { positives: ordered("positives_squares"), negatives: ordered("negatives_squares") }
    : counted;
  return { kind: "scores", cells: counted, squares, rows, ...all };
}

/** Rows that have a label and no score. */
function unscored(scores: Float64Array, rows: Float64Array): number {
  let sum = 0;
  for (let g = 0; g < scores.length; g++) if (Number.isNaN(scores[g])) sum += rows[g] ?? 0;
  return sum;
}

function without(rows: Float64Array, some: Float64Array): Float64Array {
  for (let b = 0; b < rows.length; b++) rows[b] = (rows[b] as number) - (some[b] as number);
  return rows;
}

/** Keys as numbers; NaN where the score is missing. */
function numbersOf(keys: readonly Key[]): Float64Array {
  const scores = new Float64Array(keys.length);
  for (let g = 0; g < keys.length; g++) {
    const key = keys[g] ?? null;
    scores[g] = key === null ? Number.NaN : Number(key);
  }
  return scores;
}

/** For each of the ascending numbers, how many distinct ones come before it. */
function placesOf(ascending: Float64Array): Int32Array {
  const places = new Int32Array(ascending.length);
  for (let i = 1, place = 0; i < ascending.length; i++) {
    if (ascending[i] !== ascending[i - 1]) place++;
    places[i] = place;
  }
  return places;
}
