import type { Aggregate, Dimension, Groups } from "../../query/aggregate.ts";
import { column } from "../../query/expression.ts";
import { total } from "../../stats/roc-auc.ts";
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
  const distinct = distinctOf(scores);
  const place = placesOf(scores, distinct);
  const ordered = (name: string): Float64Array => {
    const own = columnOf(cells, name);
    const sums = new Float64Array(distinct.length);
    for (let g = 0; g < place.length; g++) {
      const at = place[g] as number;
      const value = own[g] as number;
      if (at >= 0 && !Number.isNaN(value)) sums[at] = (sums[at] as number) + value;
    }
    return sums;
  };
  const positives = ordered("positives");
  const negatives = weighted ? ordered("negatives") : without(ordered("rows"), positives);
  const all = { positives: total(positives), negatives: total(negatives) };
  if (all.positives + all.negatives <= 0) return undefinedFor("all weights are 0", rows);
  return { kind: "scores", cells: { scores: distinct, positives, negatives }, rows, ...all };
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

/** The distinct numbers in ascending order. A typed array sorts several times faster than an array by a function. */
function distinctOf(scores: Float64Array): Float64Array {
  const sorted = scores.slice().sort();
  let count = 0;
  for (let i = 0; i < sorted.length; i++) {
    const score = sorted[i] ?? Number.NaN;
    // NaN comes last.
    if (Number.isNaN(score)) break;
    if (count === 0 || score !== sorted[count - 1]) sorted[count++] = score;
  }
  return sorted.subarray(0, count);
}

/**
 * Where each number stands in the ascending list, or -1 for NaN. The range is cut into as many equal stretches as there are
 * numbers, and a number is searched in its own one only: a few steps instead of one for each doubling.
 */
function placesOf(scores: Float64Array, distinct: Float64Array): Int32Array {
  const count = distinct.length;
  const [least, most] = [distinct[0] ?? 0, distinct[count - 1] ?? 0];
  const scale = count > 1 && Number.isFinite(most - least) ? (count - 1) / (most - least) : 0;
  const stretchOf = (score: number): number => Math.floor((score - least) * scale);
  const starts = new Int32Array(count + 1);
  for (let i = count - 1, stretch = count; i >= 0; i--) {
    const own = stretchOf(distinct[i] ?? 0);
    while (stretch > own) starts[stretch--] = i + 1;
    starts[own] = i;
  }
  const places = new Int32Array(scores.length);
  for (let g = 0; g < scores.length; g++) {
    const score = scores[g] ?? Number.NaN;
    if (Number.isNaN(score)) {
      places[g] = -1;
      continue;
    }
    const stretch = stretchOf(score);
    let low = starts[stretch] ?? 0;
    let high = (starts[stretch + 1] ?? count) - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((distinct[middle] ?? 0) < score) low = middle + 1;
      else high = middle;
    }
    places[g] = low;
  }
  return places;
}
