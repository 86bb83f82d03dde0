import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { Database } from "../data/duckdb.ts";
import { PUBLISHED } from "../data/published.ts";
import { type Flights, readFlights } from "../data/read-flights.ts";
import { recentGraph } from "../onnx/recent-graph.ts";
import { simpleGraph } from "../onnx/simple-graph.ts";
import { trainRecent } from "./recent.ts";
import { trainSimple } from "./simple.ts";

/** Days of departure, both included: `2001-01-01`. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

export const TRAINING: Period = { from: "2001-01-01", to: "2001-03-31" };

/** From flights to the bytes of a model file. */
export const CANDIDATES: ReadonlyMap<string, (flights: Flights) => Uint8Array> = new Map([
  ["simple", (flights: Flights) => simpleGraph(trainSimple(flights))],
  ["recent", (flights: Flights) => recentGraph(trainRecent(flights))],
]);

/** The flights of a period, out of those prepared files that overlap it. */
export async function flightsOf({ from, to }: Period): Promise<Flights> {
  const files = PUBLISHED.filter((published) => published.from <= to && published.until > from);
  const db = await Database.open();
  try {
    return await readFlights(
      db,
      files.map(({ file }) => fileURLToPath(new URL(`../../data/${file}`, import.meta.url))),
      { from, to },
    );
  } finally {
    db.close();
  }
}

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
