import type { BoostedTrees } from "./boost.ts";
import { sigmoid } from "./exact-math.ts";

/** Probability of the positive class for one row of feature values, in the model's order of features. */
export function scoreRow(model: BoostedTrees, values: ArrayLike<number>): number {
  let sum = model.base;
  for (const tree of model.trees) {
    let node = tree.nodes[0];
    while (node !== undefined && node.feature >= 0) {
      node = tree.nodes[(values[node.feature] ?? Number.NaN) <= node.threshold ? node.left : node.right];
    }
    sum += node?.value ?? 0;
  }
  return sigmoid(sum);
}
