import { worth } from "./delong.ts";
import { type ScoreCells, total } from "./roc-auc.ts";
import type { Statistic } from "./statistic.ts";

export interface PartialAuc {
  readonly kind: "value";
  readonly value: number;
  /** Of the value, by large samples; NaN with fewer than two rows of a class. */
  readonly variance: number;
  /** How many negatives the part is made of: the share `maxFpr` of them, or what their weights are worth. */
  readonly negativesWithin: number;
}

/**
 * The area under the ROC curve up to a false positive rate, standardised so that a random ranking has 0.5 and a
 * perfect one 1 (D. K. McClish, Medical Decision Making 9 (1989) 190).
 *
 * Its variance is that of its influence function (F. R. Hampel, JASA 69 (1974) 383). With q the score that the rate
 * `maxFpr` of the negatives is above, a positive's part is the share of negatives between q and its score, and a negative's
 * the share of positives above its score, or above q where that is higher: q is estimated, too, and no density of the scores is
 * needed, as what an error of q adds at the end is what it takes from the rate. `squares` are the sums of squared weights
 * in the cells.
 */
export function partialRocAuc(
  cells: ScoreCells,
  maxFpr: number,
  squares: ScoreCells = cells,
): PartialAuc | Extract<Statistic, { kind: "undefined" }> {
  const P = total(cells.positives);
  const N = total(cells.negatives);
  if (P <= 0) return { kind: "undefined", because: "there is no positive row" };
  if (N <= 0) return { kind: "undefined", because: "there is no negative row" };
  const ofPositives = new Spread();
  const ofNegatives = new Spread();
  let fpr = 0;
  let tpr = 0;
  let ended = false;
  let endTpr = 0;
  for (let b = cells.positives.length - 1; b >= 0; b--) {
    const p = (cells.positives[b] ?? 0) / P;
    const n = (cells.negatives[b] ?? 0) / N;
    const last = !ended && fpr + n >= maxFpr && n > 0;
    const kept = ended ? 0 : last ? Math.min(1, (maxFpr - fpr) / n) : 1;
    if (last) {
      ended = true;
      endTpr = tpr + p * kept;
    }
    const ofPositive = ended && !last ? 0 : last ? (kept * (maxFpr - fpr)) / 2 : maxFpr - fpr - n / 2;
    const ofNegative = ended && !last ? endTpr : last ? endTpr - (p * kept * kept) / 2 : tpr + p / 2;
    ofPositives.add(p, squares.positives[b] ?? 0, ofPositive);
    ofNegatives.add(n, squares.negatives[b] ?? 0, ofNegative);
    fpr += n;
    tpr += p;
  }
  const [ownP, ownN] = worth(P, N, squares);
  const area = ofPositives.mean;
  const least = (maxFpr * maxFpr) / 2;
  const scale = 0.5 / (maxFpr - least);
  const known = ownP >= 2 && ownN >= 2;
  const spread =
    (ofPositives.squares / P / P) * (ownP / (ownP - 1)) + (ofNegatives.squares / N / N) * (ownN / (ownN - 1));
  return {
    kind: "value",
    value: 0.5 + scale * (area - least),
    variance: known ? scale * scale * spread : Number.NaN,
    negativesWithin: maxFpr * ownN,
  };
}

/** The mean of numbers by their shares, and the sum of their squared distances from it by their squared weights. */
class Spread {
  mean = 0;
  private weight = 0;
  private first = 0;
  private second = 0;

  add(share: number, square: number, value: number): void {
    this.mean += share * value;
    this.weight += square;
    this.first += square * value;
    this.second += square * value * value;
  }

  get squares(): number {
    return Math.max(0, this.second - 2 * this.mean * this.first + this.mean * this.mean * this.weight);
  }
}
