import { type ScoreCells, total } from "./roc-auc.ts";
import { known, type Statistic, undefinedBecause } from "./statistic.ts";

/**
 * The area under the ROC curve up to a false positive rate, standardised so that a random ranking has 0.5 and a
 * perfect one 1 (D. K. McClish, Medical Decision Making 9 (1989) 190).
 */
export function partialRocAuc(cells: ScoreCells, maxFpr: number): Statistic {
  const P = total(cells.positives);
  const N = total(cells.negatives);
  if (P <= 0) return undefinedBecause("there is no positive row");
  if (N <= 0) return undefinedBecause("there is no negative row");
  let area = 0;
  let fpr = 0;
  let tpr = 0;
  for (let b = cells.positives.length - 1; b >= 0 && fpr < maxFpr; b--) {
    const across = (cells.negatives[b] ?? 0) / N;
    const up = (cells.positives[b] ?? 0) / P;
    const kept = across > 0 ? Math.min(1, (maxFpr - fpr) / across) : 1;
    area += across * kept * (tpr + (up * kept) / 2);
    fpr += across;
    tpr += up;
  }
  const least = (maxFpr * maxFpr) / 2;
  return known(0.5 * (1 + (area - least) / (maxFpr - least)));
}
