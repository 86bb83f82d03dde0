import { type Margins, marginsOf } from "./confusion.ts";
import { marginSlopes } from "./margin-slopes.ts";

/**
 * The large-sample standard error of any smooth function of a confusion table's margins, by the delta method on
 * the multinomial of its cells; for averaged F1 that is K. Takahashi et al., Applied Intelligence 52 (2022) 4961.
 * `trials` is the number of rows that the cells stand for. NaN where the function is undefined nearby.
 */
export function deltaStandardError(
  cells: Float64Array,
  classes: number,
  metric: (margins: Margins) => number,
  trials: number,
): number {
  const margins = marginsOf(cells, classes);
  const { hits, truth, predicted, total } = margins;
  const slopes = (of: Float64Array): Float64Array =>
    marginSlopes(margins, of, metric).map((slope) => slope * total);
  const byHit = slopes(hits);
  const byTruth = slopes(truth);
  const byPrediction = slopes(predicted);
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < classes; i++) {
    for (let j = 0; j < classes; j++) {
      const share = (cells[i * classes + j] ?? 0) / total;
      if (share === 0) continue;
      const slope = (byTruth[i] ?? 0) + (byPrediction[j] ?? 0) + (i === j ? (byHit[i] ?? 0) : 0);
      mean += share * slope;
      squares += share * slope * slope;
    }
  }
  return Math.sqrt(Math.max(0, squares - mean * mean) / trials);
}
