import { INPUTS } from "../contract.ts";
import { type Database, quoted } from "./duckdb.ts";

/** Flights as columns, in order of flight_id, missing values already replaced as the contract says. */
export interface Flights {
  readonly rows: number;
  /** Airport codes that `origin` and `destination` point into. */
  readonly airports: readonly string[];
  readonly origin: Uint16Array;
  readonly destination: Uint16Array;
  /** Milliseconds since 1970 of the wall clock at the origin. */
  readonly departure: Float64Array;
  /** 0 to 23. */
  readonly hour: Uint8Array;
  /** 0 Monday to 6 Sunday. */
  readonly weekday: Uint8Array;
  /** The optional numeric inputs by name: distance and the recent shares. */
  readonly numbers: ReadonlyMap<string, Float32Array>;
  readonly late: Uint8Array;
  readonly baseline: Float32Array;
}

export const NUMBERS: readonly string[] = INPUTS.flatMap(({ name, standIn }) =>
  standIn === undefined ? [] : [name],
);

/** Departures of the days `from` to `to`, both included, out of the Parquet files. */
export async function readFlights(
  db: Database,
  files: readonly string[],
  period: { readonly from: string; readonly to: string },
): Promise<Flights> {
  const parquet = `read_parquet([${files.map(quoted).join(", ")}])`;
  const named = await db.rows(`
    SELECT airport FROM (SELECT origin AS airport FROM ${parquet} UNION SELECT destination FROM ${parquet})
    ORDER BY airport`);
  const airports = named.map((row) => String(row.airport));
  const list = `[${airports.map(quoted).join(", ")}]`;
  const numbers = INPUTS.flatMap(({ name, standIn }) =>
    standIn === undefined ? [] : [`coalesce(${name}, ${standIn})::FLOAT AS ${name}`],
  );
  const columns = await db.floats(`
    WITH airports AS (SELECT unnest(${list}) AS airport, generate_subscripts(${list}, 1) - 1 AS code)
    SELECT o.code::FLOAT AS origin, d.code::FLOAT AS destination, hour(departure)::FLOAT AS hour, minute(departure)::FLOAT AS minute,
      datediff('day', DATE '1970-01-01', departure)::FLOAT AS day,
      (isodow(departure) - 1)::FLOAT AS weekday, ${numbers.join(", ")},
      late15::FLOAT AS late, baseline::FLOAT AS baseline
    FROM ${parquet} JOIN airports o ON o.airport = origin JOIN airports d ON d.airport = destination
    WHERE departure >= DATE ${quoted(period.from)} AND departure < DATE ${quoted(period.to)} + INTERVAL 1 DAY
    ORDER BY flight_id`);
  const column = (name: string): Float32Array => columns.get(name) ?? new Float32Array();
  return {
    rows: column("late").length,
    airports,
    origin: Uint16Array.from(column("origin")),
    destination: Uint16Array.from(column("destination")),
    departure: Float64Array.from(column("day"), (day, row) => {
      const minutes = (day * 24 + (column("hour")[row] ?? 0)) * 60 + (column("minute")[row] ?? 0);
      return minutes * 60_000;
    }),
    hour: Uint8Array.from(column("hour")),
    weekday: Uint8Array.from(column("weekday")),
    numbers: new Map(NUMBERS.map((name) => [name, column(name)])),
    late: Uint8Array.from(column("late")),
    baseline: column("baseline"),
  };
}
