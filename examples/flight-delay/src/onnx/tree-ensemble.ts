import type { BoostedTrees } from "../boosting/boost.ts";
import type { Attribute } from "./graph.ts";

/** Attributes of a TreeEnsembleRegressor (ai.onnx.ml 3) that gives the log-odds. Its own LOGISTIC is ignored by onnxruntime 1.30. */
export function treeEnsembleAttributes(model: BoostedTrees): Record<string, Attribute> {
  const nodes = model.trees.flatMap((tree, treeId) =>
    tree.nodes.map((node, id) => ({ ...node, treeId, id })),
  );
  const leaves = nodes.filter((node) => node.feature < 0);
  const ints = (value: (node: (typeof nodes)[number]) => number): Attribute => ({ ints: nodes.map(value) });
  return {
    nodes_treeids: ints((node) => node.treeId),
    nodes_nodeids: ints((node) => node.id),
    nodes_featureids: ints((node) => Math.max(0, node.feature)),
    nodes_modes: { strings: nodes.map((node) => (node.feature < 0 ? "LEAF" : "BRANCH_LEQ")) },
    nodes_values: { floats: nodes.map((node) => node.threshold) },
    nodes_truenodeids: ints((node) => Math.max(0, node.left)),
    nodes_falsenodeids: ints((node) => Math.max(0, node.right)),
    target_treeids: { ints: leaves.map((leaf) => leaf.treeId) },
    target_nodeids: { ints: leaves.map((leaf) => leaf.id) },
    target_ids: { ints: leaves.map(() => 0) },
    target_weights: { floats: leaves.map((leaf) => leaf.value) },
    n_targets: { int: 1 },
    base_values: { floats: [model.base] },
    aggregate_function: { string: "SUM" },
    post_transform: { string: "NONE" },
  };
}
