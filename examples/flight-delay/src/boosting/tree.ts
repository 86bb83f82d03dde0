import type { BinnedColumn } from "./bins.ts";
import { fillHistogram, type Histogram, subtract } from "./histogram.ts";
import { bestSplit, type SplitRules } from "./split.ts";

/** Nodes in order of creation, the root first. A leaf has feature -1. */
export interface Tree {
  readonly nodes: readonly TreeNode[];
}

export interface TreeNode {
  readonly feature: number;
  /** Float32: a row goes left if its value <= threshold. */
  readonly threshold: number;
  readonly left: number;
  readonly right: number;
  /** A multiple of 2^-16, added to the log-odds. 0 at inner nodes. */
  readonly value: number;
}

export interface TreeRules extends SplitRules {
  readonly maxDepth: number;
  readonly learningRate: number;
}

/**
 * To the nearest multiple of 2^-16. Sums of such numbers are exact in float32 up to 256, so that a runtime may add the trees
 * in any order, over any number of threads, and gets the same bits.
 */
export function rounded(value: number): number {
  return Math.round(value * 65_536) / 65_536;
}

interface Open {
  readonly node: number;
  readonly from: number;
  readonly to: number;
  readonly depth: number;
  readonly histogram: Histogram;
}

/**
 * Grows one tree on fixed-point gradients and hessians (`scale` units make one) and adds its leaf values to `scores`.
 * `order` holds every row once and is rearranged.
 */
export function growTree(
  columns: readonly BinnedColumn[],
  gradients: { readonly gradient: Int32Array; readonly hessian: Int32Array; readonly scale: number },
  order: Int32Array,
  scores: Float64Array,
  rules: TreeRules,
): Tree {
  const { gradient, hessian, scale } = gradients;
  const bins = columns.map((column) => column.bins);
  const edgeCounts = columns.map((column) => column.edges.length);
  const inUnits: SplitRules = { lambda: rules.lambda * scale, minHessian: rules.minHessian * scale };
  const spare = new Int32Array(order.length);
  const nodes: TreeNode[] = [];
  const open: Open[] = [];

  const leaf = (from: number, to: number): TreeNode => {
    let g = 0;
    let h = 0;
    for (let i = from; i < to; i++) {
      const row = order[i] as number;
      g += gradient[row] as number;
      h += hessian[row] as number;
    }
    const value = rounded((-rules.learningRate * g) / (h + inUnits.lambda));
    for (let i = from; i < to; i++) {
      const row = order[i] as number;
      scores[row] = (scores[row] as number) + value;
    }
    return { feature: -1, threshold: 0, left: -1, right: -1, value };
  };

  const reserve = (): number => nodes.push({ feature: -1, threshold: 0, left: -1, right: -1, value: 0 }) - 1;
  const all = fillHistogram(bins, gradient, hessian, order, 0, order.length);
  open.push({ node: reserve(), from: 0, to: order.length, depth: 0, histogram: all });

  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, from, to, depth, histogram } = next;
    const split = depth < rules.maxDepth ? bestSplit(histogram, edgeCounts, inUnits) : undefined;
    const column = split && columns[split.feature];
    if (split === undefined || column === undefined) {
      nodes[node] = leaf(from, to);
      continue;
    }
    const middle = partition(order, spare, column.bins, split.bin, from, to);
    const left = reserve();
    const right = reserve();
    nodes[node] = {
      feature: split.feature,
      threshold: column.edges[split.bin] ?? 0,
      left,
      right,
      value: 0,
    };
    // Only the smaller child is counted; a leaf by depth needs no histogram at all.
    const deepest = depth + 1 >= rules.maxDepth;
    const leftSmaller = middle - from <= to - middle;
    const small = deepest
      ? histogram
      : leftSmaller
        ? fillHistogram(bins, gradient, hessian, order, from, middle)
        : fillHistogram(bins, gradient, hessian, order, middle, to);
    const large = deepest ? histogram : subtract(histogram, small);
    open.push({ node: right, from: middle, to, depth: depth + 1, histogram: leftSmaller ? large : small });
    open.push({ node: left, from, to: middle, depth: depth + 1, histogram: leftSmaller ? small : large });
  }
  return { nodes };
}

/** Stable, so that rows keep their order and memory is read forwards. */
function partition(
  order: Int32Array,
  spare: Int32Array,
  bins: Uint8Array,
  splitBin: number,
  from: number,
  to: number,
): number {
  let left = from;
  let right = 0;
  for (let i = from; i < to; i++) {
    const row = order[i] as number;
    if ((bins[row] as number) <= splitBin) order[left++] = row;
    else spare[right++] = row;
  }
  order.set(spare.subarray(0, right), left);
  return left;
}
