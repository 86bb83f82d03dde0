import type { ScoredCells } from "./score-curves.ts";
import { weightedQuantile } from "./weighted-quantile.ts";

/** Bins of equal width over 0..1, or with about equally many rows. */
export type BinStrategy = "uniform" | "quantile";

/** Rows of one bin, the sum of their scores, and how many are positive. Tied scores share a bin. */
export interface ReliabilityBin {
  readonly rows: number;
  readonly scores: number;
  readonly right: number;
}

/**
 * Rows by bins of their score, empty bins left out. A score on an edge belongs to the bin below it, and quantiles are
 * interpolated, both as in scikit-learn's `calibration_curve`.
 */
export function reliabilityBins(
  cells: ScoredCells,
  count: number,
  strategy: BinStrategy,
): readonly ReliabilityBin[] {
  const sizes = cells.scores.map((_, b) => (cells.positives[b] ?? 0) + (cells.negatives[b] ?? 0));
  const edges = Array.from({ length: count - 1 }, (_, i) => {
    const share = (i + 1) / count;
    return strategy === "uniform" ? share : weightedQuantile(cells.scores, sizes, share, "linear");
  });
  const bins = Array.from({ length: count }, () => ({ rows: 0, scores: 0, right: 0 }));
  let at = 0;
  for (let b = 0; b < cells.scores.length; b++) {
    const score = cells.scores[b] ?? 0;
    while (at < edges.length && score > (edges[at] ?? 0)) at++;
    const bin = bins[at];
    if (bin === undefined) continue;
    bin.rows += sizes[b] ?? 0;
    bin.scores += score * (sizes[b] ?? 0);
    bin.right += cells.positives[b] ?? 0;
  }
  return bins.filter(({ rows }) => rows > 0);
}

export interface CalibrationCurve {
  /** The positives' share of each bin that has rows. */
  readonly prob_true: readonly number[];
  /** Its mean score. */
  readonly prob_pred: readonly number[];
}

/** How often the positive class comes true where it was given about that probability. */
export function calibrationCurve(cells: ScoredCells, count: number, strategy: BinStrategy): CalibrationCurve {
  const bins = reliabilityBins(cells, count, strategy);
  return {
    prob_true: bins.map(({ right, rows }) => right / rows),
    prob_pred: bins.map(({ scores, rows }) => scores / rows),
  };
}
