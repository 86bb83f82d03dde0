import { type BinnedColumn, binColumn } from "./bins.ts";
import { logit, sigmoid } from "./exact-math.ts";
import { growTree, rounded, type Tree, type TreeRules } from "./tree.ts";

export interface Column {
  readonly name: string;
  readonly values: Float32Array;
}

export interface BoostRules extends TreeRules {
  readonly trees: number;
  readonly maxBins: number;
}

/** Log-odds of the positive class: `base` plus the leaves of all trees. */
export interface BoostedTrees {
  readonly features: readonly string[];
  /** A multiple of 2^-16. */
  readonly base: number;
  readonly trees: readonly Tree[];
}

/** 2^20 steps to one: 2^53 / 2^20 leaves room for eight thousand million rows. */
const SCALE = 1048576;

/**
 * Gradient boosting on the logistic loss, without sampling: the same rows give the same trees, to the bit, in any order
 * of the rows (all sums are of integers). `scores`, if given, receives the log-odds of the training rows.
 */
export function boost(
  columns: readonly Column[],
  labels: Uint8Array,
  rules: BoostRules,
  scores: Float64Array = new Float64Array(labels.length),
): BoostedTrees {
  const rows = labels.length;
  const binned: BinnedColumn[] = columns.map((column) =>
    binColumn(column.name, column.values, rules.maxBins),
  );
  let positives = 0;
  for (const label of labels) positives += label;
  const base = rounded(logit((positives + 1) / (rows + 2)));
  scores.fill(base);
  const gradient = new Int32Array(rows);
  const hessian = new Int32Array(rows);
  const order = new Int32Array(rows);
  const trees: Tree[] = [];
  for (let t = 0; t < rules.trees; t++) {
    for (let row = 0; row < rows; row++) {
      const p = sigmoid(scores[row] as number);
      gradient[row] = Math.round((p - (labels[row] as number)) * SCALE);
      hessian[row] = Math.round(p * (1 - p) * SCALE);
      order[row] = row;
    }
    trees.push(growTree(binned, { gradient, hessian, scale: SCALE }, order, scores, rules));
  }
  return { features: columns.map((column) => column.name), base, trees };
}
