import type { Flights } from "../data/read-flights.ts";
import { recentGraph } from "../onnx/recent-graph.ts";
import { simpleGraph } from "../onnx/simple-graph.ts";
import { scoreRecent, trainRecent } from "./recent.ts";
import { scoreSimple, trainSimple } from "./simple.ts";

/** A model file and, without it, the same scores out of TypeScript. */
export interface Trained {
  readonly bytes: Uint8Array;
  readonly score: (flights: Flights) => Float32Array;
}

/** The two that are put before the gate, by the name of their file. */
export const CANDIDATES: ReadonlyMap<string, (flights: Flights) => Trained> = new Map([
  [
    "simple",
    (flights: Flights): Trained => {
      const model = trainSimple(flights);
      return { bytes: simpleGraph(model), score: (others) => scoreSimple(model, others) };
    },
  ],
  [
    "recent",
    (flights: Flights): Trained => {
      const model = trainRecent(flights);
      return { bytes: recentGraph(model), score: (others) => scoreRecent(model, others) };
    },
  ],
]);
