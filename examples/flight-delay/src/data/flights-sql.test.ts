import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Database, quoted } from "./duckdb.ts";
import { flightsSql, preparedSql } from "./flights-sql.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "flights-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Rows of the source as SQL values: date, delay, distance, origin, destination. */
async function prepared(rows: readonly string[]): Promise<Record<string, unknown>[]> {
  const db = await Database.open();
  try {
    const source = join(folder, "source.parquet");
    await db.run(`COPY (SELECT * FROM (VALUES ${rows.join(", ")}) AS t(date, delay, distance, origin, destination))
      TO ${quoted(source)} (FORMAT parquet)`);
    await db.run(flightsSql(source));
    await db.run(preparedSql());
    return await db.rows("SELECT * FROM prepared ORDER BY flight_id");
  } finally {
    db.close();
  }
}

/** 160 miles take 40 + 20 minutes, and an hour later the flight counts. */
const flight = (time: string, delay: number, origin: string, destination: string): string =>
  `(TIMESTAMP '2001-01-02 ${time}', ${delay}::BIGINT, 160::BIGINT, '${origin}', '${destination}')`;

const smoothed = (late: number, flights: number, rate: number): number =>
  Math.round(((late + 5 * rate) / (flights + 5)) * 1e4) / 1e4;

test("a flight counts from the minute in which it had landed an hour ago, and not a minute earlier", async () => {
  const rows = await prepared([
    flight("08:00", 30, "ATL", "MCO"), // lands 09:30 by the estimate, known at 10:30
    flight("10:29", 0, "ATL", "MIA"),
    flight("10:30", 0, "ATL", "MIA"),
    flight("12:29", 0, "ATL", "MIA"), // the two flights before are known at 12:29 and 12:30
    flight("12:30", 0, "ATL", "MIA"), // the first one's two hours are over
  ]);
  expect(rows.map((row) => row.origin_late_share)).toEqual([
    null,
    null,
    smoothed(1, 1, 0.2),
    smoothed(1, 2, 0.2),
    smoothed(0, 2, 0.2),
  ]);
});

test("a flight's own lateness, and that of later ones, never changes its columns", async () => {
  const earlier = [flight("08:00", 0, "ATL", "MCO"), flight("11:00", 0, "ATL", "MCO")];
  const columns = (row: Record<string, unknown> | undefined) => [
    row?.origin_late_share,
    row?.destination_late_share,
    row?.network_late_share,
  ];
  // The training rate is mixed into shares, so both variants have one late flight in April, which is not training.
  const onTime = await prepared([...earlier, "(TIMESTAMP '2001-04-02 12:00', 0, 160, 'ATL', 'MCO')"]);
  const late = await prepared([...earlier, "(TIMESTAMP '2001-04-02 12:00', 500, 160, 'ATL', 'MCO')"]);
  expect(late.map(columns)).toEqual(onTime.map(columns));
  expect(late.map((row) => row.late15)).toEqual([0, 0, 1]);
});

test("clocks of other zones are set right before hours are compared", async () => {
  const rows = await prepared([
    flight("08:00", 30, "LAX", "LAS"), // known at 10:30 in Los Angeles, 13:30 in New York
    flight("13:29", 0, "JFK", "LAS"),
    flight("13:30", 0, "JFK", "LAS"),
  ]);
  expect(rows.map((row) => row.destination_late_share)).toEqual([null, null, smoothed(1, 1, 1 / 3)]);
  expect(rows.map((row) => row.network_late_share)).toEqual([null, null, smoothed(1, 1, 1 / 3)]);
  expect(rows.map((row) => row.origin_late_share)).toEqual([null, null, null]);
});

test("the audit of delays refuses repeated records, days and arrivals that no aircraft can reach", async () => {
  const rows = await prepared([
    flight("08:00", 0, "ATL", "MCO"),
    flight("08:00", 0, "ATL", "MCO"),
    flight("08:01", 1440, "ATL", "MCO"),
    flight("08:02", -31, "ATL", "MCO"),
    flight("08:03", -30, "ATL", "MCO"),
    flight("08:04", 1439, "ATL", "MCO"),
    flight("08:05", 0, "ATL", "ATL"),
  ]);
  expect(rows.map((row) => row.verified)).toEqual([false, false, false, false, true, true, false]);
});

test("late is more than fifteen minutes, and the baseline is the late rate of the hour", async () => {
  const rows = await prepared([
    flight("08:00", 15, "ATL", "MCO"),
    flight("08:59", 16, "ATL", "MCO"),
    flight("09:00", 16, "ATL", "MCO"),
  ]);
  expect(rows.map((row) => [row.late15, row.baseline])).toEqual([
    [0, 0.5],
    [1, 0.5],
    [1, 1],
  ]);
});

test("an airport whose time zone is not known is an error, not a flight without shares", async () => {
  await expect(prepared([flight("08:00", 0, "XXX", "MCO")])).rejects.toThrow("no time zone is known for XXX");
});
