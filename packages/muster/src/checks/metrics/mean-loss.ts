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
  // One expression for all terms: as many sums for a hundred classes as for two.
  const [only] = loss.terms;
  const one = loss.terms.length === 1 ? only : undefined;
  const of: Expression = one?.of ?? {
    kind: "case",
    of: loss.terms.map(({ of: value, where }) => ({ where, value })),
  };
  const where: Predicate = one?.where ?? { kind: "any", of: loss.terms.map((term) => term.where) };
  const sum = (...factors: readonly Expression[]): Measure => ({
    fn: "sum",
    of: factors.length === 1 && factors[0] !== undefined ? factors[0] : product(...factors),
    where,
  });
  if (columns.weight === undefined) {
    return { weight: { fn: "count", where }, loss: sum(of), square: sum(of, of), cube: sum(of, of, of) };
  }
  const w = column(columns.weight);
  return {
    weight: sum(w),
    weight_squares: sum(w, w),
    loss: sum(w, of),
    squared_weight_loss: sum(w, w, of),
    square: sum(w, w, of, of),
    weight_cubes: sum(w, w, w),
    cubed_weight_loss: sum(w, w, w, of),
    cubed_weight_square: sum(w, w, w, of, of),
    cube: sum(w, w, w, of, of, of),
  };
}

/** Null when all weights are 0. */
export function readMeanLoss(columns: MetricColumns, cells: Groups): MeanLoss | null {
  const all = (name: string): number => sumOf(cells, name);
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
  const scale =
    Math.abs(sums.cube) +
    3 * Math.abs(mean * sums.cubedWeightSquare) +
    3 * Math.abs(mean * mean * sums.cubedWeightLoss) +
    Math.abs(mean ** 3 * sums.weightCubes);
  // Where losses are nearly equal the third moment is lost in rounding long before the second.
  const known = Number.EPSILON * scale <= 1e-3 * spread ** 1.5;
  // A sum of cubes is never above the cube of the root of the sum of squares.
  const skewness = known ? Math.max(-1, Math.min(1, third / spread ** 1.5)) : 0;
  return { mean, standardError: Math.sqrt(variance), effectiveRows: rows, skewness };
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
