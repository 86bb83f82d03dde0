import { type ScoreCells, total } from "./roc-auc.ts";

/** Positives and rows among those of the highest scores. */
export interface Top {
  readonly positives: number;
  readonly rows: number;
}

/**
 * What the `rows` rows (or weight) of the highest scores hold. Where the cut falls among tied rows, their positives are
 * shared out evenly: the mean over all orders that the ties allow.
 */
export function topRows(cells: ScoreCells, rows: number): Top {
  const limit = Math.min(rows, total(cells.positives) + total(cells.negatives));
  let left = limit;
  let positives = 0;
  for (let b = cells.positives.length - 1; b >= 0 && left > 0; b--) {
    const p = cells.positives[b] ?? 0;
    const size = p + (cells.negatives[b] ?? 0);
    if (size <= 0) continue;
    const taken = Math.min(size, left);
    positives += (p * taken) / size;
    left -= taken;
  }
  return { positives, rows: limit };
}

/** How far the shares of positives among the rows of the highest scores may be off by large samples. */
export interface TopErrors {
  /** Of the share of all positives that is among them. */
  readonly recall: number;
  /** Of the positives' share of them. */
  readonly precision: number;
}

/**
 * Standard errors of what the highest `share` of all rows holds, by influence functions (F. R. Hampel, JASA 69 (1974) 383): a
 * row above the cut adds itself and pushes another out, which is positive as often as rows at the cut are; a row below lets
 * some in. Without that the cut would be taken as known, and a binomial error is too small. How often rows at the
 * cut are positive is read off the rows next to it. `squares` are the sums of squared weights in the cells.
 */
export function topErrors(cells: ScoreCells, squares: ScoreCells, share: number): TopErrors {
  const P = total(cells.positives);
  const all = P + total(cells.negatives);
  const top = topRows(cells, share * all);
  const rate = rateAtCut(cells, top.rows, all);
  const recall = top.positives / P;
  const precision = top.positives / top.rows;
  let ofRecall = 0;
  let ofPrecision = 0;
  let left = top.rows;
  for (let b = cells.positives.length - 1; b >= 0; b--) {
    const size = (cells.positives[b] ?? 0) + (cells.negatives[b] ?? 0);
    if (size <= 0) continue;
    const above = Math.min(1, left / size);
    left -= above * size;
    for (const positive of [1, 0]) {
      const square = (positive === 1 ? squares.positives[b] : squares.negatives[b]) ?? 0;
      const slope = above * (positive - rate) + rate * share;
      ofRecall += square * (slope - recall * positive) ** 2;
      ofPrecision += square * (slope - precision * share) ** 2;
    }
  }
  return { recall: Math.sqrt(ofRecall) / P, precision: Math.sqrt(ofPrecision) / (share * all) };
}

/** The positives' share of rows around the cut: of enough to tell, and few enough to be next to it. */
function rateAtCut(cells: ScoreCells, rows: number, all: number): number {
  const reach = Math.min(rows, Math.max(all - rows, 0), Math.max(25, rows ** 0.75));
  const high = topRows(cells, rows + reach);
  const low = topRows(cells, rows - reach);
  const between = high.rows - low.rows;
  return between > 0 ? (high.positives - low.positives) / between : 0;
}
