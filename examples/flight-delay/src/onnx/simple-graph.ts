import type { SimpleModel } from "../model/simple.ts";
import { Graph } from "./graph.ts";
import { declareInputs, floatNode, hourNode, lateOddsNode, weekdayNode } from "./preprocessing.ts";
import { doubleNode, probabilityNode } from "./probability.ts";

/** The model file of the logistic regression. The sum is in double, column by column, so that no batch size changes it. */
export function simpleGraph(model: SimpleModel): Uint8Array {
  const graph = new Graph();
  declareInputs(graph);
  const columns = [
    lateOddsNode(graph, hourNode(graph), "hour_odds", model.hour),
    lateOddsNode(graph, weekdayNode(graph), "weekday_odds", model.weekday),
    lateOddsNode(graph, "origin", "origin_odds", model.origin),
    lateOddsNode(graph, "destination", "destination_odds", model.destination),
    floatNode(graph, "distance"),
  ];
  let sum = graph.double("constant", model.weights[columns.length] ?? 0);
  columns.forEach((column, i) => {
    const weight = graph.double(`${column}_weight`, model.weights[i] ?? 0);
    const term = graph.node("Mul", [doubleNode(graph, column), weight], `${column}_term`);
    sum = graph.node("Add", [sum, term], `${column}_sum`);
  });
  return graph.bytes("simple", probabilityNode(graph, sum));
}
