import { fileURLToPath } from "node:url";
import { Database } from "./duckdb.ts";
import { PUBLISHED } from "./published.ts";
import { type Flights, readFlights } from "./read-flights.ts";

/** Days of departure, both included: `2001-01-01`. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

export const TRAINING: Period = { from: "2001-01-01", to: "2001-03-31" };
export const EVALUATION: Period = { from: "2001-04-01", to: "2001-04-30" };
export const PRODUCTION: Period = { from: "2001-05-01", to: "2001-06-30" };

/** The flights of a period, out of those prepared files that overlap it; none if no file does. */
export async function flightsOf({ from, to }: Period): Promise<Flights> {
  const files = PUBLISHED.filter((published) => published.from <= to && published.until > from);
  const db = await Database.open();
  try {
    return await readFlights(
      db,
      (files.length > 0 ? files : PUBLISHED).map(({ file }) =>
        fileURLToPath(new URL(`../../data/${file}`, import.meta.url)),
      ),
      { from, to },
    );
  } finally {
    db.close();
  }
}
