import type { RecentModel } from "../model/recent.ts";
import { Graph } from "./graph.ts";
import { declareInputs, floatNode, hourNode, lateOddsNode, weekdayNode } from "./preprocessing.ts";
import { doubleNode, probabilityNode } from "./probability.ts";
import { treeEnsembleAttributes } from "./tree-ensemble.ts";

/** The model file of the boosted trees. */
export function recentGraph(model: RecentModel): Uint8Array {
  const graph = new Graph();
  declareInputs(graph);
  const byFeature = new Map([
    ["hour", floatNode(graph, hourNode(graph))],
    ["weekday", floatNode(graph, weekdayNode(graph))],
    ["origin_odds", lateOddsNode(graph, "origin", "origin_odds", model.origin)],
    ["destination_odds", lateOddsNode(graph, "destination", "destination_odds", model.destination)],
    ["distance", floatNode(graph, "distance")],
  ]);
  // The shares go into the trees as they came in.
  const features = model.boosted.features.map((feature) => byFeature.get(feature) ?? feature);
  const row = graph.node("Concat", features, "features", { axis: { int: 1 } });
  const logOdds = graph.node(
    "ml.TreeEnsembleRegressor",
    [row],
    "log_odds",
    treeEnsembleAttributes(model.boosted),
  );
  return graph.bytes("recent", probabilityNode(graph, doubleNode(graph, logOdds)));
}
