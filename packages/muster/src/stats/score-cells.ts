import type { ScoreCells } from "./roc-auc.ts";

/**
 * Counts positives and negatives for each distinct score. `positive` holds how much of each row is positive: 0 or 1, or
 * a probability where the truth is not known. Throws RangeError for scores that are not finite.
 */
export function scoreCells(scores: ArrayLike<number>, positive: ArrayLike<number>): ScoreCells {
  const cells = new Map<number, { positives: number; negatives: number }>();
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] ?? Number.NaN;
    if (!Number.isFinite(score)) throw new RangeError(`score ${i} is not finite`);
    const cell = cells.get(score) ?? { positives: 0, negatives: 0 };
    const share = positive[i] ?? 0;
    cell.positives += share;
    cell.negatives += 1 - share;
    cells.set(score, cell);
  }
  const sorted = [...cells].sort(([a], [b]) => a - b).map(([, cell]) => cell);
  return {
    positives: Float64Array.from(sorted, (cell) => cell.positives),
    negatives: Float64Array.from(sorted, (cell) => cell.negatives),
  };
}
