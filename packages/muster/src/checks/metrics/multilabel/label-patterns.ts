import type { Aggregate, Dimension, Groups } from "../../../query/aggregate.ts";
import type { Expression } from "../../../query/expression.ts";
import type { Predicate } from "../../../query/predicate.ts";
import type { Margins } from "../../../stats/confusion.ts";
import { marginSlopes } from "../../../stats/margin-slopes.ts";
import { columnOf, effectiveRows, sumOf } from "../cells.ts";
import type { Facts, MetricColumns } from "../metric.ts";
import { scaled, sum } from "../row-arithmetic.ts";
import { tally } from "../row-conditions.ts";
import { anyLabel, labelColumns, labelUpkeep } from "./label-columns.ts";

/** Two bits a class fit into a number that a double holds exactly: so many classes. */
const classesOfKey = 26;
/** Beyond it hardly two rows are alike, and their patterns would be as many numbers as the rows have. */
export const mostPatternClasses: number = 2 * classesOfKey;

const one = (where: Predicate): Expression => ({ kind: "indicator", where });

/** Counts of rows by which labels they have and which are predicted, all classes together: two bits of a number each. */
export function labelPatterns(columns: MetricColumns, by: readonly Dimension[]): Aggregate {
  const classes = labelColumns(columns);
  const keys: Dimension[] = [];
  for (let from = 0; from < classes.length; from += classesOfKey) {
    const terms = classes
      .slice(from, from + classesOfKey)
      .flatMap((own, k) => [scaled(2 * 4 ** k, one(own.has)), scaled(4 ** k, one(own.predicted))]);
    keys.push({ kind: "number", of: sum(...terms) });
  }
  return {
    table: columns.table,
    by: [...by, ...keys],
    values: { ...labelUpkeep(columns, "predictions"), ...tally(columns, "size", anyLabel(columns)) },
  };
}

/** Rows of one pattern. */
interface Pattern {
  readonly has: Uint8Array;
  readonly predicted: Uint8Array;
  readonly size: number;
  readonly square: number;
}

function patterns(columns: MetricColumns, cells: Groups, classes: number): readonly Pattern[] {
  const sizes = columnOf(cells, "size");
  const squares = columns.weight === undefined ? sizes : columnOf(cells, "size_squares");
  const found: Pattern[] = [];
  for (let g = 0; g < cells.count; g++) {
    if (!((sizes[g] ?? 0) > 0)) continue;
    const has = new Uint8Array(classes);
    const predicted = new Uint8Array(classes);
    for (let from = 0, d = 0; from < classes; from += classesOfKey, d++) {
      let rest = Number(cells.keys[d]?.[g] ?? 0);
      for (let k = from; k < Math.min(classes, from + classesOfKey); k++) {
        predicted[k] = rest % 2;
        rest = Math.floor(rest / 2);
        has[k] = rest % 2;
        rest = Math.floor(rest / 2);
      }
    }
    found.push({ has, predicted, size: sizes[g] ?? 0, square: squares[g] ?? 0 });
  }
  return found;
}

export interface PatternCounts {
  readonly margins: Margins;
  /** Facts for the bound of a smooth function of the margins; `smallest`: those of the class with the fewest rows matter. */
  facts(value: number, metric: (margins: Margins) => number, smallest: readonly number[] | null): Facts;
}

export function readPatterns(columns: MetricColumns, cells: Groups, classes: number): PatternCounts {
  const found = patterns(columns, cells, classes);
  const margins = {
    hits: new Float64Array(classes),
    truth: new Float64Array(classes),
    predicted: new Float64Array(classes),
    total: sumOf(cells, "size"),
  };
  const truthSquares = new Float64Array(classes);
  let squares = 0;
  for (const { has, predicted, size, square } of found) {
    squares += square;
    for (let k = 0; k < classes; k++) {
      margins.truth[k] = (margins.truth[k] ?? 0) + size * (has[k] ?? 0);
      truthSquares[k] = (truthSquares[k] ?? 0) + square * (has[k] ?? 0);
      margins.predicted[k] = (margins.predicted[k] ?? 0) + size * (predicted[k] ?? 0);
      margins.hits[k] = (margins.hits[k] ?? 0) + size * (has[k] ?? 0) * (predicted[k] ?? 0);
    }
  }
  const rows = effectiveRows(margins.total, squares);
  return {
    margins,
    facts(value, metric, smallest) {
      const rarest = (smallest ?? [])
        .map((k) => effectiveRows(margins.truth[k] ?? 0, truthSquares[k] ?? 0))
        .filter((own) => own > 0);
      const error = standardError(found, margins, metric) * Math.sqrt(rows / (rows - 1));
      const least = Math.min(rows, ...rarest);
      return {
        estimate: value,
        standard_error: error,
        logit: 1,
        rows,
        smallest_class: least,
        share_rows: least,
      };
    },
  };
}

/**
 * The large-sample standard error of a function of the margins by the delta method, with the slopes taken by differences.
 * What a row adds is the sum of the slopes of all its labels, so that however they go together is taken along.
 */
function standardError(
  found: readonly Pattern[],
  margins: Margins,
  metric: (margins: Margins) => number,
): number {
  const { hits, truth, predicted: called } = margins;
  const [byHit, byTruth, byPredicted] = [hits, truth, called].map((of) =>
    marginSlopes(margins, of, metric),
  ) as [Float64Array, Float64Array, Float64Array];
  const adds = found.map(({ has, predicted }) => {
    let sum = 0;
    for (let k = 0; k < has.length; k++) {
      if (has[k] === 1) sum += byTruth[k] ?? 0;
      if (predicted[k] === 1) sum += byPredicted[k] ?? 0;
      if (has[k] === 1 && predicted[k] === 1) sum += byHit[k] ?? 0;
    }
    return sum;
  });
  // A function of shares does not change with all rows together, which makes up for the slope in their number.
  const mean = found.reduce((sum, { size }, i) => sum + size * (adds[i] ?? 0), 0) / margins.total;
  return Math.sqrt(found.reduce((sum, { square }, i) => sum + square * ((adds[i] ?? 0) - mean) ** 2, 0));
}
