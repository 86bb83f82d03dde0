import { sigmoid } from "../boosting/exact-math.ts";
import type { Flights } from "../data/read-flights.ts";
import { encode, type LateOdds, learnLateOdds } from "./late-odds.ts";
import { fitLogistic } from "./logistic.ts";

/** Logistic regression on what the schedule says: hour, weekday, both airports and the distance. */
export interface SimpleModel {
  readonly hour: LateOdds<number>;
  readonly weekday: LateOdds<number>;
  readonly origin: LateOdds<string>;
  readonly destination: LateOdds<string>;
  /** Of the log-odds of hour, weekday, origin, destination, of the distance in miles, and of 1. Float32 values. */
  readonly weights: readonly number[];
}

export const HOURS: readonly number[] = Array.from({ length: 24 }, (_, hour) => hour);
export const WEEKDAYS: readonly number[] = Array.from({ length: 7 }, (_, day) => day);

export function trainSimple(flights: Flights): SimpleModel {
  const odds = {
    hour: learnLateOdds(HOURS, flights.hour, flights.late),
    weekday: learnLateOdds(WEEKDAYS, flights.weekday, flights.late),
    origin: learnLateOdds(flights.airports, flights.origin, flights.late),
    destination: learnLateOdds(flights.airports, flights.destination, flights.late),
  };
  const weights = fitLogistic(simpleColumns(odds, flights), flights.late);
  return { ...odds, weights: weights.map(Math.fround) };
}

/** Probability of late for each flight, rounded to float32 as the graph gives it. */
export function scoreSimple(model: SimpleModel, flights: Flights): Float32Array {
  const columns = simpleColumns(model, flights);
  return Float32Array.from({ length: flights.rows }, (_, row) => {
    let sum = 0;
    columns.forEach((column, i) => {
      sum += (column[row] ?? 0) * (model.weights[i] ?? 0);
    });
    return sigmoid(sum + (model.weights[columns.length] ?? 0));
  });
}

function simpleColumns(odds: Omit<SimpleModel, "weights">, flights: Flights): Float32Array[] {
  return [
    encode(odds.hour, HOURS, flights.hour),
    encode(odds.weekday, WEEKDAYS, flights.weekday),
    encode(odds.origin, flights.airports, flights.origin),
    encode(odds.destination, flights.airports, flights.destination),
    flights.numbers.get("distance") ?? new Float32Array(flights.rows),
  ];
}
