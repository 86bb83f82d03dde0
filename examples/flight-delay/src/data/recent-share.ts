/** A recent-lateness column: which earlier flights it counts, where it is looked up, and how far it looks back. */
export interface RecentShare {
  readonly column: string;
  /** The places (SQL over an earlier flight) for which that flight counts. */
  readonly countedAt: readonly string[];
  /** The place (SQL over the flight to be predicted) whose earlier flights are wanted. */
  readonly lookedUpBy: string;
  readonly hours: number;
}

/** Flights of the training months' late rate that are mixed into each share, so that one late flight is not 100 %. */
export const SMOOTHING = 5;

/**
 * SQL that creates `share_<column>` (place, moment, share): of the flights that became known in the `hours` up to a
 * departure, that minute included, how many were late. Null where there is none. Expects `flights` (moment, known_at,
 * late15 and the columns of the places) and `prior` (rate, one row).
 */
export function recentShareSql({ column, countedAt, lookedUpBy, hours }: RecentShare): string {
  return `
    CREATE OR REPLACE TEMP TABLE running AS
      SELECT place, known_at,
        sum(flights) OVER (PARTITION BY place ORDER BY known_at) AS flights,
        sum(late) OVER (PARTITION BY place ORDER BY known_at) AS late
      FROM (
        SELECT place, known_at, count(*) AS flights, sum(late15) AS late
        FROM (SELECT unnest([${countedAt.join(", ")}]) AS place, known_at, late15 FROM flights) GROUP BY ALL
      );
    CREATE OR REPLACE TEMP TABLE asked AS
      SELECT DISTINCT ${lookedUpBy} AS place, moment, moment - INTERVAL ${hours} HOUR AS since FROM flights;
    CREATE TEMP TABLE share_${column} AS
      SELECT asked.place, asked.moment,
        CASE WHEN coalesce(upto.flights, 0) > coalesce(before.flights, 0) THEN
          round((upto.late - coalesce(before.late, 0) + ${SMOOTHING} * prior.rate)
            / (upto.flights - coalesce(before.flights, 0) + ${SMOOTHING}), 4) END AS share
      FROM asked CROSS JOIN prior
        ASOF LEFT JOIN running upto ON asked.place = upto.place AND asked.moment >= upto.known_at
        ASOF LEFT JOIN running before ON asked.place = before.place AND asked.since >= before.known_at;`;
}
