// The tables that `npm run bench` measures on: three million real flights with a score made up from a stated seed, and a
// wide table of numbers from the same seed. Written once into a folder that the caller owns.
import { existsSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";

export const seed = 20_010_101;
export const wideColumns = 100;
export const wideRows = 1_000_000;
/** Every tenth wide column moves by this many standard deviations in the second half of the rows. */
const shift = 0.5;

const flights = join(
  dirname(createRequire(import.meta.url).resolve("vega-datasets")),
  "../data/flights-3m.parquet",
);

/** Paths of the tables, written into `folder` where they are not there yet. */
export async function benchData(folder) {
  const path = (name) => join(folder, `${name}.parquet`);
  const paths = {
    flights: path("flights"),
    flightsBase: path("flights-base"),
    flightsCurrent: path("flights-current"),
    wide: path("wide"),
    wideBase: path("wide-base"),
    wideCurrent: path("wide-current"),
  };
  const done = join(folder, `made-2-of-seed-${seed}`);
  if (existsSync(done)) return paths;
  const instance = await DuckDBInstance.create(":memory:");
  const db = await instance.connect();
  const write = async (select, to) => {
    await db.run(`COPY (${select}) TO '${to}.part' (FORMAT parquet)`);
    renameSync(`${to}.part`, to);
  };
  // A uniform number from the row's number and the seed; Box and Muller make it normal. One number is hashed: DuckDB's way of
  // joining the hashes of several leaves columns of equal rows akin.
  const uniform = (salt) =>
    `((hash(${seed * 2 ** 12} + i * ${2 ** 20} + ${salt}) >> 11) + 1)::DOUBLE / 9007199254740993`;
  const normal = (salt) =>
    `sqrt(-2 * ln(${uniform(`${salt} * 2`)})) * cos(2 * pi() * ${uniform(`${salt} * 2 + 1`)})`;
  try {
    await db.run("SET threads = 2");
    await write(
      `SELECT date, delay, distance, origin, destination, hour(date)::INTEGER AS hour, late,
              round(1 / (1 + exp(1.9 - 1.4 * late - 0.9 * noise)), 6) AS score
       FROM (SELECT *, (delay > 15)::INTEGER AS late, ${normal(1)} AS noise
             FROM (SELECT *, file_row_number AS i FROM read_parquet('${flights}', file_row_number = true)))
       ORDER BY i`,
      paths.flights,
    );
    for (const [to, where] of [
      [paths.flightsBase, "date < TIMESTAMP '2001-04-01'"],
      [paths.flightsCurrent, "date >= TIMESTAMP '2001-04-01'"],
    ])
      await write(`SELECT delay, distance, origin, destination FROM '${paths.flights}' WHERE ${where}`, to);
    // In turn normal, skewed and whole numbers.
    const column = (c) => {
      const moved = `(${normal(c + 10)} + CASE WHEN ${c} % 10 = 9 AND i >= ${wideRows / 2} THEN ${shift} ELSE 0 END)`;
      const value = [moved, `exp(${moved})`, `floor(20 * ${moved})`][c % 3];
      return `${value}::DOUBLE AS x${c}`;
    };
    const columns = Array.from({ length: wideColumns }, (_, c) => column(c)).join(", ");
    await write(`SELECT ${columns} FROM range(${wideRows}) AS r(i)`, paths.wide);
    for (const [to, limit] of [
      [paths.wideBase, `LIMIT ${wideRows / 2}`],
      [paths.wideCurrent, `OFFSET ${wideRows / 2}`],
    ])
      await write(`SELECT * FROM '${paths.wide}' ${limit}`, to);
  } finally {
    db.closeSync();
    instance.closeSync();
  }
  writeFileSync(done, "");
  return paths;
}
