import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Database } from "./duckdb.ts";
import { PUBLISHED } from "./published.ts";
import { type Flights, readFlights } from "./read-flights.ts";

const DATA = fileURLToPath(new URL("../../data/", import.meta.url));

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
  const overlapping = PUBLISHED.filter((published) => published.from <= to && published.until > from);
  const files = (overlapping.length > 0 ? overlapping : PUBLISHED).map(({ file }) => join(DATA, file));
  const missing = files.filter((file) => !existsSync(file));
  if (missing.length > 0)
    throw new Error(`${missing.join(", ")}: not there yet; npm run prepare-data writes it`);
  const db = await Database.open();
  try {
    return await readFlights(db, files, { from, to });
  } finally {
    db.close();
  }
}
