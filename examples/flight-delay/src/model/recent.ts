import { type BoostedTrees, type BoostRules, boost, type Column } from "../boosting/boost.ts";
import { scoreRow } from "../boosting/score.ts";
import type { Flights } from "../data/read-flights.ts";
import { encode, type LateOdds, learnLateOdds } from "./late-odds.ts";

/** Boosted trees on the schedule, the airports and what has been late in the last hours. */
export interface RecentModel {
  readonly origin: LateOdds<string>;
  readonly destination: LateOdds<string>;
  readonly boosted: BoostedTrees;
}

const RULES: BoostRules = {
  trees: 60,
  maxDepth: 6,
  learningRate: 0.12,
  lambda: 10,
  minHessian: 100,
  maxBins: 64,
};

export function trainRecent(flights: Flights): RecentModel {
  const origin = learnLateOdds(flights.airports, flights.origin, flights.late);
  const destination = learnLateOdds(flights.airports, flights.destination, flights.late);
  const boosted = boost(recentColumns({ origin, destination }, flights), flights.late, RULES);
  return { origin, destination, boosted };
}

/** Probability of late for each flight, rounded to float32 as the graph gives it. */
export function scoreRecent(model: RecentModel, flights: Flights): Float32Array {
  const columns = recentColumns(model, flights);
  const values = new Float32Array(columns.length);
  return Float32Array.from({ length: flights.rows }, (_, row) => {
    columns.forEach((column, i) => {
      values[i] = column.values[row] ?? Number.NaN;
    });
    return scoreRow(model.boosted, values);
  });
}

/** The order of features is the graph's too. */
function recentColumns(odds: Omit<RecentModel, "boosted">, flights: Flights): Column[] {
  return [
    { name: "hour", values: Float32Array.from(flights.hour) },
    { name: "weekday", values: Float32Array.from(flights.weekday) },
    { name: "origin_odds", values: encode(odds.origin, flights.airports, flights.origin) },
    { name: "destination_odds", values: encode(odds.destination, flights.airports, flights.destination) },
    ...[...flights.numbers].map(([name, values]) => ({ name, values })),
  ];
}
