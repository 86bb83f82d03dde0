import { OUTPUT } from "../contract.ts";
import { castTo, type Graph } from "./graph.ts";

/**
 * The output node: 1 / (1 + e^-x) of a column of log-odds in double, rounded to float only then. In float the runtime's
 * vectorised sigmoid may differ in the last bit with the place of a row in its batch.
 */
export function probabilityNode(graph: Graph, logOdds: string): string {
  const probability = graph.node("Sigmoid", [logOdds], "probability");
  return graph.node("Cast", [probability], OUTPUT, { to: castTo("float") });
}

export function doubleNode(graph: Graph, input: string): string {
  return graph.node("Cast", [input], `${input}_double`, { to: castTo("double") });
}
