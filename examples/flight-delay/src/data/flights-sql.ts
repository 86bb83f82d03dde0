import { quoted } from "./duckdb.ts";
import { type RecentShare, recentShareSql } from "./recent-share.ts";
import { airportZones } from "./time-zones.ts";

/** First departure that is no longer training data. */
export const TRAINING_ENDS = "2001-04-01";

/** Minutes of taxiing and climbing, and miles a minute after that: a typical block time of a jet. */
const GROUND_MINUTES = 40;
const MILES_PER_MINUTE = 8;

/** How long before departure a flight must have landed to be counted. */
const LEAD_MINUTES = 60;

export const RECENT_SHARES: readonly RecentShare[] = [
  // Both directions: late arrivals are the aircraft that leave late next.
  { column: "origin_late_share", countedAt: ["origin", "destination"], lookedUpBy: "origin", hours: 2 },
  // Only arrivals: a destination that is short of runways delays those.
  { column: "destination_late_share", countedAt: ["destination"], lookedUpBy: "destination", hours: 8 },
  { column: "network_late_share", countedAt: ["'all'"], lookedUpBy: "'all'", hours: 2 },
];

/**
 * SQL that creates `flights` from the source (columns date, delay, distance, origin, destination): one row a flight
 * in the source's order, with the moment of departure in UTC and the moment from which its lateness counts as known.
 *
 * The source's `date` is when the aircraft left, in the local time of the origin. A flight is taken to land at
 * departure + block time of the distance + its delay if it has one; that is rather too late than too early,
 * since part of the delay is in the departure already, so nothing is counted before it was known.
 */
export function flightsSql(source: string): string {
  const zones = airportZones().map(([airport, zone]) => `(${quoted(airport)}, ${quoted(zone)})`);
  return `
    CREATE TEMP TABLE zones(airport VARCHAR, zone VARCHAR);
    INSERT INTO zones VALUES ${zones.join(", ")};
    CREATE TEMP TABLE flights AS
      SELECT file_row_number + 1 AS flight_id, date AS departure, origin, destination, distance::INTEGER AS distance,
        delay, (delay > 15)::TINYINT AS late15, moment, block_minutes,
        moment + to_minutes(block_minutes + greatest(delay, 0) + ${LEAD_MINUTES}) AS known_at
      FROM (
        SELECT *, (${GROUND_MINUTES} + distance // ${MILES_PER_MINUTE})::BIGINT AS block_minutes,
          CAST(timezone(
            CASE WHEN zone IS NULL THEN error('no time zone is known for ' || origin) ELSE zone END, date
          ) AS TIMESTAMP) AS moment
        FROM read_parquet(${quoted(source)}, file_row_number = true) LEFT JOIN zones ON airport = origin
      );
    CREATE TEMP TABLE prior AS
      SELECT avg(late15) AS rate FROM flights WHERE departure < TIMESTAMP '${TRAINING_ENDS}';`;
}

/**
 * SQL that turns `flights` into `prepared`, the columns of the published files.
 *
 * `verified` is no human review, which this data never had. It is an automated audit of the recorded delay: the record
 * occurs once, the route is a route, the delay is under a day, and the flight was not early by more than
 * an hour or by more than half of its block time.
 */
export function preparedSql(): string {
  const joins = RECENT_SHARES.map(
    ({ column, lookedUpBy }) => `
        LEFT JOIN share_${column} AS ${column} ON ${column}.moment = f.moment AND ${column}.place = ${lookedUpBy}`,
  );
  return `
    ${RECENT_SHARES.map(recentShareSql).join("\n")}
    CREATE TEMP TABLE by_hour AS
      SELECT hour(departure) AS hour, round(avg(late15), 6) AS rate FROM flights
      WHERE departure < TIMESTAMP '${TRAINING_ENDS}' GROUP BY ALL;
    CREATE TEMP TABLE repeated AS
      SELECT unnest(list(flight_id)) AS flight_id FROM flights
      GROUP BY departure, delay, distance, origin, destination HAVING count(*) > 1;
    CREATE TEMP TABLE prepared AS
      SELECT f.flight_id, f.departure, f.origin, f.destination, f.distance,
        ${RECENT_SHARES.map(({ column }) => `${column}.share AS ${column}`).join(", ")},
        coalesce(by_hour.rate, round(prior.rate, 6)) AS baseline, f.late15,
        f.origin <> f.destination AND f.distance > 0
          AND f.delay < 1440 AND f.delay >= -60 AND f.delay >= -f.block_minutes / 2
          AND repeated.flight_id IS NULL AS verified
      FROM flights f CROSS JOIN prior LEFT JOIN by_hour ON by_hour.hour = hour(f.departure)
        LEFT JOIN repeated ON repeated.flight_id = f.flight_id ${joins.join("")};`;
}
