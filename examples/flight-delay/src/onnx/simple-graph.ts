import { OUTPUT } from "../contract.ts";
import type { SimpleModel } from "../model/simple.ts";
import { castTo, Graph } from "./graph.ts";
import { declareInputs, floatNode, hourNode, lateOddsNode, weekdayNode } from "./preprocessing.ts";

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
  const sum = columns.reduce<string | undefined>((before, column, i) => {
    const wide = graph.node("Cast", [column], `${column}_double`, { to: castTo("double") });
    const weight = graph.double(`${column}_weight`, model.weights[i] ?? 0);
    const term = graph.node("Mul", [wide, weight], `${column}_term`);
    return before === undefined ? term : graph.node("Add", [before, term], `${column}_sum`);
  }, undefined);
  const constant = graph.double("constant", model.weights[columns.length] ?? 0);
  const logOdds = graph.node("Add", [sum ?? constant, constant], "log_odds");
  const probability = graph.node("Sigmoid", [logOdds], "probability");
  return graph.bytes("simple", graph.node("Cast", [probability], OUTPUT, { to: castTo("float") }));
}
