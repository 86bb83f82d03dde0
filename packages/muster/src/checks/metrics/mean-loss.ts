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
  /** Of the mean, see `MeanEstimate`. */
  readonly skewness: number;
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
      sum("cube", of, of, of);
      return;
    }
    const w = column(columns.weight);
    values[`weight_${i}`] = { fn: "sum", of: w, where };
    sum("weight_squares", w, w);
    sum("loss", w, of);
    sum("squared_weight_loss", w, w, of);
    sum("square", w, w, of, of);
    sum("weight_cubes", w, w, w);
    sum("cubed_weight_loss", w, w, w, of);
    sum("cubed_weight_square", w, w, w, of, of);
    sum("cube", w, w, w, of, of, of);
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
    weightCubes: weighted ? all("weight_cubes") : weight,
    cubedWeightLoss: weighted ? all("cubed_weight_loss") : all("loss"),
    cubedWeightSquare: weighted ? all("cubed_weight_square") : all("square"),
    cube: all("cube"),
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
  /** Sum of w³. */
  readonly weightCubes: number;
  /** Sum of w³ times loss. */
  readonly cubedWeightLoss: number;
  /** Sum of w³ times loss². */
  readonly cubedWeightSquare: number;
  /** Sum of w³ times loss³. */
  readonly cube: number;
}

/** The weighted mean as a ratio estimator, its variance by linearisation (W. G. Cochran, Sampling Techniques, 3rd ed. 1977, ch. 6). */
export function meanLoss(sums: LossSums): MeanLoss {
  const mean = sums.loss / sums.weight;
  const rows = effectiveRows(sums.weight, sums.weightSquares);
  const spread = sums.square - 2 * mean * sums.squaredWeightLoss + mean * mean * sums.weightSquares;
  // Less than this is what rounding leaves of equal losses, not a spread.
  const noise = 1e-12 * sums.square;
  if (!(rows > 1 && spread > noise)) return { mean, standardError: 0, effectiveRows: rows, skewness: 0 };
  const variance = (spread / (sums.weight * sums.weight)) * (rows / (rows - 1));
  const third =
    sums.cube -
    3 * mean * sums.cubedWeightSquare +
    3 * mean * mean * sums.cubedWeightLoss -
    mean ** 3 * sums.weightCubes;
  return { mean, standardError: Math.sqrt(variance), effectiveRows: rows, skewness: third / spread ** 1.5 };
}

/** Facts for the bound of a mean. */
export function meanFacts(found: MeanLoss): Readonly<Record<string, number>> {
  return {
    mean: found.mean,
    standard_error: found.standardError,
    effective_rows: found.effectiveRows,
    skewness: found.skewness,
  };
}
