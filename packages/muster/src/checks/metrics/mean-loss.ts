import type { Groups, Measure } from "../../query/aggregate.ts";
import { column, type Expression } from "../../query/expression.ts";
import type { Predicate } from "../../query/predicate.ts";
import { effectiveRows, sumOf } from "./cells.ts";
import type { MetricColumns } from "./metric.ts";
import { product } from "./row-conditions.ts";

/** What one row costs: the terms whose condition holds for it. Conditions must exclude each other. */
export interface Loss {
  readonly terms: readonly { readonly of: Expression; readonly where: Predicate }[];
}

/** The mean of a loss over rows (weighted where there are weights), and how far that mean may be off. */
export interface MeanLoss {
  readonly mean: number;
  readonly standardError: number;
  readonly effectiveRows: number;
}

/** The sums from which `readMeanLoss` gets mean and spread. All of them add up over groups. */
export function lossMeasures(columns: MetricColumns, loss: Loss): Record<string, Measure> {
  const values: Record<string, Measure> = {};
  loss.terms.forEach(({ of, where }, i) => {
    const sum = (name: string, ...factors: readonly Expression[]): void => {
      values[`${name}_${i}`] = { fn: "sum", of: product(...factors), where };
    };
    if (columns.weight === undefined) {
      values[`weight_${i}`] = { fn: "count", where };
      values[`loss_${i}`] = { fn: "sum", of, where };
      sum("square", of, of);
      return;
    }
    const w = column(columns.weight);
    values[`weight_${i}`] = { fn: "sum", of: w, where };
    sum("weight_squares", w, w);
    sum("loss", w, of);
    sum("squared_weight_loss", w, w, of);
    sum("square", w, w, of, of);
  });
  return values;
}

/** Null when all weights are 0. */
export function readMeanLoss(columns: MetricColumns, loss: Loss, cells: Groups): MeanLoss | null {
  const all = (name: string): number =>
    loss.terms.reduce((sum, _, i) => sum + sumOf(cells, `${name}_${i}`), 0);
  const weight = all("weight");
  if (weight <= 0) return null;
  const weighted = columns.weight !== undefined;
  return meanLoss({
    weight,
    weightSquares: weighted ? all("weight_squares") : weight,
    loss: all("loss"),
    squaredWeightLoss: weighted ? all("squared_weight_loss") : all("loss"),
    square: all("square"),
  });
}

export interface LossSums {
  /** Sum of w. */
  readonly weight: number;
  /** Sum of w². */
  readonly weightSquares: number;
  /** Sum of w times loss. */
  readonly loss: number;
  /** Sum of w² times loss. */
  readonly squaredWeightLoss: number;
  /** Sum of w² times loss². */
  readonly square: number;
}

/** The weighted mean as a ratio estimator, its variance by linearisation (W. G. Cochran 1977, section 6.4). */
export function meanLoss(sums: LossSums): MeanLoss {
  const mean = sums.loss / sums.weight;
  const rows = effectiveRows(sums.weight, sums.weightSquares);
  const spread = sums.square - 2 * mean * sums.squaredWeightLoss + mean * mean * sums.weightSquares;
  // Less than this is what rounding leaves of equal losses, not a spread.
  const noise = 1e-12 * sums.square;
  const variance =
    rows > 1 && spread > noise ? (spread / (sums.weight * sums.weight)) * (rows / (rows - 1)) : 0;
  return { mean, standardError: Math.sqrt(variance), effectiveRows: rows };
}

/** Facts for the bound of a mean by Student's t. */
export function meanFacts(found: MeanLoss): Readonly<Record<string, number>> {
  return { mean: found.mean, standard_error: found.standardError, effective_rows: found.effectiveRows };
}
