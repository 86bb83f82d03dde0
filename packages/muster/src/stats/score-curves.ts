import { type ScoreCells, total } from "./roc-auc.ts";

/** Score cells that also know their scores, ascending. */
export interface ScoredCells extends ScoreCells {
  readonly scores: Float64Array;
}

/**
 * Rows as cells: positives and negatives (or their weights) of each distinct score, ascending. `truth` is 1 for a positive
 * row and 0 for any other.
 */
export function scoreCells(
  truth: ArrayLike<number>,
  scores: ArrayLike<number>,
  weights?: ArrayLike<number>,
): ScoredCells {
  const order = Array.from(scores, (_, i) => i).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  const found = { scores: [] as number[], positives: [] as number[], negatives: [] as number[] };
  for (const i of order) {
    const score = scores[i] ?? Number.NaN;
    if (found.scores.at(-1) !== score) {
      found.scores.push(score);
      found.positives.push(0);
      found.negatives.push(0);
    }
    const into = truth[i] === 1 ? found.positives : found.negatives;
    into[into.length - 1] = (into.at(-1) ?? 0) + (weights?.[i] ?? 1);
  }
  return {
    scores: Float64Array.from(found.scores),
    positives: Float64Array.from(found.positives),
    negatives: Float64Array.from(found.negatives),
  };
}

/** Positives and negatives at or above each distinct score, by descending score. */
export interface Cut {
  readonly threshold: number;
  readonly tp: number;
  readonly fp: number;
}

/** One cut for each distinct score, from the highest: tied rows are never parted. */
export function cuts(cells: ScoredCells): readonly Cut[] {
  const found: Cut[] = [];
  let tp = 0;
  let fp = 0;
  for (let b = cells.scores.length - 1; b >= 0; b--) {
    tp += cells.positives[b] ?? 0;
    fp += cells.negatives[b] ?? 0;
    found.push({ threshold: cells.scores[b] ?? Number.NaN, tp, fp });
  }
  return found;
}

export interface RocCurve {
  readonly fpr: readonly number[];
  readonly tpr: readonly number[];
  /** The first is infinite: nothing is called positive. */
  readonly thresholds: readonly number[];
}

/**
 * False and true positive rate at every distinct threshold, from none positive to all. Points on a line are kept, where
 * scikit-learn's `roc_curve` drops them unless told not to. Rates of a class without rows are NaN.
 */
export function rocCurve(cells: ScoredCells): RocCurve {
  const P = total(cells.positives);
  const N = total(cells.negatives);
  const all = [{ threshold: Number.POSITIVE_INFINITY, tp: 0, fp: 0 }, ...cuts(cells)];
  return {
    fpr: all.map(({ fp }) => fp / N),
    tpr: all.map(({ tp }) => tp / P),
    thresholds: all.map(({ threshold }) => threshold),
  };
}

export interface PrecisionRecallCurve {
  /** One more than thresholds: the last is precision 1 at recall 0, which no threshold gives. */
  readonly precision: readonly number[];
  readonly recall: readonly number[];
  readonly thresholds: readonly number[];
}

/** Precision and recall at every distinct threshold, ascending, as scikit-learn's `precision_recall_curve`. */
export function precisionRecallCurve(cells: ScoredCells): PrecisionRecallCurve {
  const P = total(cells.positives);
  const all = cuts(cells).toReversed();
  return {
    precision: [...all.map(({ tp, fp }) => tp / (tp + fp)), 1],
    recall: [...all.map(({ tp }) => tp / P), 0],
    thresholds: all.map(({ threshold }) => threshold),
  };
}

export interface DetCurve {
  readonly fpr: readonly number[];
  readonly fnr: readonly number[];
  readonly thresholds: readonly number[];
}

/**
 * False positive and false negative rate by ascending threshold, from the highest one that misses nothing to the lowest
 * that has no more false positives than the highest score has (as scikit-learn's `det_curve`; A. Martin et al.,
 * Eurospeech 1997).
 */
export function detCurve(cells: ScoredCells): DetCurve {
  const P = total(cells.positives);
  const N = total(cells.negatives);
  const all = cuts(cells);
  const first = all.findLastIndex(({ fp }) => fp === all[0]?.fp);
  const last = all.findIndex(({ tp }) => tp === P);
  const kept = all.slice(Math.max(0, first), last + 1).toReversed();
  return {
    fpr: kept.map(({ fp }) => fp / N),
    fnr: kept.map(({ tp }) => (P - tp) / P),
    thresholds: kept.map(({ threshold }) => threshold),
  };
}
