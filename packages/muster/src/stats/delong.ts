import { type ScoreCells, total } from "./roc-auc.ts";

/** For each cell the share of negatives that a positive there beats, and of positives that beat a negative there. */
export function placements(cells: ScoreCells): {
  readonly ofPositives: Float64Array;
  readonly ofNegatives: Float64Array;
} {
  const P = total(cells.positives);
  const N = total(cells.negatives);
  const ofPositives = new Float64Array(cells.positives.length);
  const ofNegatives = new Float64Array(cells.positives.length);
  let positivesBelow = 0;
  let negativesBelow = 0;
  for (let b = 0; b < cells.positives.length; b++) {
    const p = cells.positives[b] ?? 0;
    const n = cells.negatives[b] ?? 0;
    ofPositives[b] = (negativesBelow + n / 2) / N;
    ofNegatives[b] = (P - positivesBelow - p / 2) / P;
    positivesBelow += p;
    negativesBelow += n;
  }
  return { ofPositives, ofNegatives };
}

/**
 * The variance of an AUC straight from its cells of counts (E. R. DeLong, D. M. DeLong & D. L. Clarke-Pearson,
 * Biometrics 44 (1988) 837): mid-ranks make it the same number as from the rows. For cells of weights `squares` are the
 * sums of their squares, and it is that of the weighted placements by linearisation: for equal weights DeLong's. NaN with
 * fewer than two positives or two negatives, or weights worth fewer.
 */
export function delongVariance(cells: ScoreCells, auc: number, squares: ScoreCells = cells): number {
  const P = total(cells.positives);
  const N = total(cells.negatives);
  const [ownP, ownN] = worth(P, N, squares);
  if (!(ownP >= 2 && ownN >= 2)) return Number.NaN;
  let v10 = 0;
  let v01 = 0;
  let positivesBelow = 0;
  let negativesBelow = 0;
  // The placements as above, without keeping those of hundreds of thousands of cells.
  for (let b = 0; b < cells.positives.length; b++) {
    const p = cells.positives[b] ?? 0;
    const n = cells.negatives[b] ?? 0;
    v10 += (squares.positives[b] ?? 0) * ((negativesBelow + n / 2) / N - auc) ** 2;
    v01 += (squares.negatives[b] ?? 0) * ((P - positivesBelow - p / 2) / P - auc) ** 2;
    positivesBelow += p;
    negativesBelow += n;
  }
  return (v10 / P / P) * (ownP / (ownP - 1)) + (v01 / N / N) * (ownN / (ownN - 1));
}

/**
 * How far DeLong's standard error of the rows can lie from that of their cells. A placement is off by at most half of the
 * other class's share in its cell, and the standard error is a norm of the centred placements, so by the triangle
 * inequality it is off by at most the norm of these. 0 for cells that hold one score each says nothing, as for
 * `rocAucHalfWidth`.
 */
export function delongErrorSlack(cells: ScoreCells, squares: ScoreCells = cells): number {
  const P = total(cells.positives);
  const N = total(cells.negatives);
  const [ownP, ownN] = worth(P, N, squares);
  if (!(ownP >= 2 && ownN >= 2)) return Number.NaN;
  let v10 = 0;
  let v01 = 0;
  for (let b = 0; b < cells.positives.length; b++) {
    const p = cells.positives[b] ?? 0;
    const n = cells.negatives[b] ?? 0;
    v10 += (squares.positives[b] ?? 0) * (n / (2 * N)) ** 2;
    v01 += (squares.negatives[b] ?? 0) * (p / (2 * P)) ** 2;
  }
  return Math.sqrt((v10 / P / P) * (ownP / (ownP - 1)) + (v01 / N / N) * (ownN / (ownN - 1)));
}

/** As how many positives and negatives of equal weight they are worth (L. Kish 1965). */
export function worth(P: number, N: number, squares: ScoreCells): readonly [number, number] {
  const [ofP, ofN] = [total(squares.positives), total(squares.negatives)];
  return [ofP > 0 ? (P * P) / ofP : 0, ofN > 0 ? (N * N) / ofN : 0];
}
