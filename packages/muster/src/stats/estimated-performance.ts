import { averagePrecision } from "./average-precision.ts";
import { rocAuc } from "./roc-auc.ts";
import { scoreCells } from "./score-curves.ts";
import { known, type Statistic, undefinedBecause } from "./statistic.ts";

export interface EstimatedPerformance {
  /** Expected rows of each kind. */
  readonly counts: { readonly tp: number; readonly fp: number; readonly fn: number; readonly tn: number };
  readonly rocAuc: Statistic;
  readonly averagePrecision: Statistic;
  readonly f1: Statistic;
  readonly precision: Statistic;
  readonly recall: Statistic;
  readonly specificity: Statistic;
  readonly accuracy: Statistic;
}

/**
 * What a classifier's metrics are expected to be where no label is known, from its calibrated probabilities: a row
 * with probability p that was called positive is p of a true and 1 - p of a false positive (confidence-based
 * performance estimation as NannyML does it). Right only while the probabilities stay calibrated: concept drift is
 * not seen. An estimate for watching, never evidence for a gate. `scores` rank the rows, by default the
 * probabilities themselves.
 */
export function estimatedPerformance(
  probabilities: ArrayLike<number>,
  calledPositive: ArrayLike<boolean>,
  scores: ArrayLike<number> = probabilities,
): EstimatedPerformance {
  let [tp, fp, fn, tn] = [0, 0, 0, 0];
  for (let i = 0; i < probabilities.length; i++) {
    const p = probabilities[i] ?? Number.NaN;
    if (!(p >= 0 && p <= 1)) throw new RangeError(`probability ${i} is not between 0 and 1`);
    if (calledPositive[i]) {
      tp += p;
      fp += 1 - p;
    } else {
      fn += p;
      tn += 1 - p;
    }
  }
  // Each row is p of a positive row and 1 - p of a negative one of the same score.
  const shares = Array.from(probabilities);
  const both = [...Array.from(scores).slice(0, shares.length), ...Array.from(scores).slice(0, shares.length)];
  const cells = scoreCells(
    both.map((_, i) => (i < shares.length ? 1 : 0)),
    both,
    [...shares, ...shares.map((p) => 1 - p)],
  );
  return {
    counts: { tp, fp, fn, tn },
    rocAuc: rocAuc(cells),
    averagePrecision: averagePrecision(cells),
    f1: share(2 * tp, 2 * tp + fp + fn, "nothing is positive, expected or called"),
    precision: share(tp, tp + fp, "nothing is called positive"),
    recall: share(tp, tp + fn, "no positive row is expected"),
    specificity: share(tn, tn + fp, "no negative row is expected"),
    accuracy: share(tp + tn, tp + fp + fn + tn, "there are no rows"),
  };
}

function share(of: number, all: number, because: string): Statistic {
  return all > 0 ? known(of / all) : undefinedBecause(because);
}
