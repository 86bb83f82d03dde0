import type { Groups, Measure } from "../../query/aggregate.ts";
import { column, type Expression } from "../../query/expression.ts";
import type { Predicate } from "../../query/predicate.ts";
import { sumOf } from "./cells.ts";
import { type MeanLoss, meanLoss } from "./mean-loss.ts";
import type { MetricColumns } from "./metric.ts";
import { times } from "./row-arithmetic.ts";

/** What a row adds above and below the line. */
export interface RowRatio {
  readonly over: Expression;
  readonly under: Expression;
  readonly where: Predicate;
}

/**
 * The sums from which `readRatio` gets the sum of `over` by the sum of `under`, and how far it may be off. They add
 * up over groups. A ratio of sums is the mean of over/under weighted by under, so it shares the mean's formulas.
 */
export function ratioMeasures(
  columns: MetricColumns,
  { over, under, where }: RowRatio,
): Record<string, Measure> {
  const weight = columns.weight === undefined ? [] : [column(columns.weight)];
  const o = times(...weight, over);
  const u = times(...weight, under);
  const sum = (...terms: readonly Expression[]): Measure => ({ fn: "sum", of: times(...terms), where });
  return {
    under: sum(u),
    under2: sum(u, u),
    over: sum(o),
    over_under: sum(o, u),
    over2: sum(o, o),
    under3: sum(u, u, u),
    over_under2: sum(o, u, u),
    over2_under: sum(o, o, u),
    over3: sum(o, o, o),
  };
}

/** Null when the sum below the line is not above 0. */
export function readRatio(cells: Groups): MeanLoss | null {
  const weight = sumOf(cells, "under");
  if (!(weight > 0)) return null;
  return meanLoss({
    weight,
    weightSquares: sumOf(cells, "under2"),
    loss: sumOf(cells, "over"),
    squaredWeightLoss: sumOf(cells, "over_under"),
    square: sumOf(cells, "over2"),
    weightCubes: sumOf(cells, "under3"),
    cubedWeightLoss: sumOf(cells, "over_under2"),
    cubedWeightSquare: sumOf(cells, "over2_under"),
    cube: sumOf(cells, "over3"),
  });
}
