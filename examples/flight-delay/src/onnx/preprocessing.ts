import { INPUTS } from "../contract.ts";
import type { LateOdds } from "../model/late-odds.ts";
import type { Graph, TensorType } from "./graph.ts";
import { castTo } from "./graph.ts";

const TENSOR_TYPES: Readonly<Record<(typeof INPUTS)[number]["type"], TensorType>> = {
  string: "string",
  integer: "int64",
  float: "float",
  datetime: "int64",
};

/** Every input of the contract becomes an input of the graph, used or not: callers need not know which model answers. */
export function declareInputs(graph: Graph): void {
  for (const { name, type } of INPUTS) graph.input(name, TENSOR_TYPES[type]);
}

/** INT64 column 0..23 out of `departure`, milliseconds since 1970 of the origin's wall clock. */
export function hourNode(graph: Graph): string {
  const hours = graph.node("Div", ["departure", graph.int64("hour_ms", 3_600_000)], "hours");
  return graph.node("Mod", [hours, graph.int64("day_hours", 24)], "hour");
}

/** INT64 column, 0 Monday to 6 Sunday; the first of January 1970 was a Thursday, 3. */
export function weekdayNode(graph: Graph): string {
  const days = graph.node("Div", ["departure", graph.int64("day_ms", 86_400_000)], "days");
  const fromMonday = graph.node("Add", [days, graph.int64("thursday", 3)], "days_from_monday");
  return graph.node("Mod", [fromMonday, graph.int64("week_days", 7)], "weekday");
}

/** Float column of log-odds; a key never seen in training gets those of all flights. */
export function lateOddsNode(
  graph: Graph,
  input: string,
  output: string,
  odds: LateOdds<string> | LateOdds<number>,
): string {
  const keys = [...odds.byKey.keys()];
  const strings = keys.filter((key) => typeof key === "string");
  const numbers = keys.filter((key) => typeof key === "number");
  return graph.node("ml.LabelEncoder", [input], output, {
    ...(strings.length > 0 ? { keys_strings: { strings } } : { keys_int64s: { ints: numbers } }),
    values_floats: { floats: [...odds.byKey.values()] },
    default_float: { float: odds.unseen },
  });
}

export function floatNode(graph: Graph, input: string): string {
  return graph.node("Cast", [input], `${input}_float`, { to: castTo("float") });
}
