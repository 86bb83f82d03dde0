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
