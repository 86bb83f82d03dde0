import { clopperPearsonBound } from "./clopper-pearson.ts";
import type { Side } from "./interval.ts";
import { logitBound } from "./logit-bound.ts";
import { type ScoreCells, total } from "./roc-auc.ts";
import { known, type Statistic, undefinedBecause } from "./statistic.ts";

/**
 * The mean of the precision at every distinct threshold, weighted by the recall it adds. Not the trapezoid, which
 * promises precision between thresholds that nothing reaches; tied rows share one threshold.
 */
export function averagePrecision(cells: ScoreCells): Statistic {
  const P = total(cells.positives);
  if (P <= 0) return undefinedBecause("there is no positive row");
  let found = 0;
  let taken = 0;
  let sum = 0;
  for (let b = cells.positives.length - 1; b >= 0; b--) {
    const p = cells.positives[b] ?? 0;
    found += p;
    taken += p + (cells.negatives[b] ?? 0);
    if (p > 0) sum += (p * found) / taken;
  }
  return known(sum / P);
}

/**
 * The large-sample variance of an average precision by its influence function: what one more positive or negative in each
 * cell does to the precision at its own and all lower thresholds (F. R. Hampel, JASA 69 (1974) 383). `squares` are the sums of
 * squared weights in the cells, the counts themselves where rows have none.
 */
export function averagePrecisionVariance(cells: ScoreCells, ap: number, squares: ScoreCells): number {
  const P = total(cells.positives);
  let found = P;
  let taken = P + total(cells.negatives);
  let byPositive = 0;
  let byNegative = 0;
  let variance = 0;
  // From the lowest score up, as a row changes the precision at every threshold that it is above.
  for (let b = 0; b < cells.positives.length; b++) {
    const p = cells.positives[b] ?? 0;
    const n = cells.negatives[b] ?? 0;
    if (taken > 0) {
      byPositive += (p * (taken - found)) / (taken * taken);
      byNegative -= (p * found) / (taken * taken);
      variance += (squares.positives[b] ?? 0) * (found / taken - ap + byPositive) ** 2;
      variance += (squares.negatives[b] ?? 0) * byNegative ** 2;
    }
    found -= p;
    taken -= p + n;
  }
  return variance / (P * P);
}

/**
 * The least and the most that the average precision of the rows can be, given only their cells of counts. Least:
 * within each cell all negatives come first, and no positives are tied. Most: all positives come first, tied, as
 * ties lift every one of them to the precision at their end.
 */
export function averagePrecisionRange(cells: ScoreCells): readonly [least: number, most: number] {
  const P = total(cells.positives);
  let found = 0;
  let taken = 0;
  let least = 0;
  let most = 0;
  for (let b = cells.positives.length - 1; b >= 0; b--) {
    const p = cells.positives[b] ?? 0;
    const n = cells.negatives[b] ?? 0;
    for (let i = 1; i <= p; i++) {
      least += (found + i) / (taken + n + i);
    }
    if (p > 0) most += (p * (found + p)) / (taken + p);
    found += p;
    taken += p + n;
  }
  return [least / P, most / P];
}

/**
 * The bound of an average precision for showing: its logit taken as normal with the binomial variance on the
 * positives (K. Boyd, K. H. Eng & C. D. Page, ECML PKDD 2013). NaN at 0 and 1.
 */
export function averagePrecisionLogitBound(
  ap: number,
  positives: number,
  confidence: number,
  side: Side,
): number {
  return logitBound(ap, Math.sqrt((ap * (1 - ap)) / positives), confidence, side);
}

/**
 * The bound of an average precision for deciding: as if it were that share of the positives, by Clopper and
 * Pearson. Simulated on normal scores with 10 to 50 positives and a true value of 0.3, its lower end misses 3 to 5 %
 * of the time where the logit's misses 7; at 1 % positives it is 6.6 against 9.5 %.
 */
export function averagePrecisionBound(ap: number, positives: number, confidence: number, side: Side): number {
  return clopperPearsonBound(ap * positives, positives, confidence, side);
}
