// The flights as an evaluation table with a seeded score, for the benchmarks of the data engine.
import { fileURLToPath } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";

export const flights = fileURLToPath(
  new URL("../../../node_modules/vega-datasets/data/flights-3m.parquet", import.meta.url),
);

/** Changes every score; in the tables that the benchmarks print. */
export const seed = 20010101;

export const distanceEdges = [0, 250, 500, 1000, 2000, 5000];
const hours = Array.from({ length: 24 }, (_, h) => ({ name: `h${h}`, from: h, to: h + 1 }));

/** What the flights are grouped by. */
export const dimensions = {
  origin: { kind: "values", column: "origin" },
  destination: { kind: "values", column: "destination" },
  hour: { kind: "hours", column: "departure", ranges: hours },
  weekday: { kind: "values", column: "weekday" },
  month: { kind: "values", column: "month" },
  distance: { kind: "bins", column: "distance", edges: distanceEdges },
};

export const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

/** A DuckDB of its own, closed when `use` is done. */
export async function withDuckDb(settings, use) {
  const instance = await DuckDBInstance.create(":memory:", settings);
  const connection = await instance.connect();
  try {
    return await use(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/**
 * Writes `copies` times the 3,000,000 flights as Parquet: origin, destination, departure, distance, delay, month,
 * weekday, late (a delay of more than 15 minutes, 20 % of them), `score` (about 270,000 distinct values in the first copy, AUC near
 * 0.75, different for every group) and `predicted_delay`. Noise is a hash of the row's number and the seed, so the same
 * rows come out everywhere.
 */
export async function writeFlights(path, { copies = 1, rows, settings = {} } = {}) {
  const uniform = (k) => `(hash(${k}, n, copy, ${seed}) >> 11)::DOUBLE / 9007199254740992`;
  const noise = `(${uniform(1)} + ${uniform(2)} + ${uniform(3)} - 1.5)`;
  const effect = (column) => `((hash(${column}, ${seed}) >> 11)::DOUBLE / 9007199254740992 - 0.5)`;
  const limit = rows === undefined ? "" : `LIMIT ${rows}`;
  await withDuckDb(settings, async (connection) => {
    await connection.run("SET preserve_insertion_order = true");
    await connection.run(`COPY (
      WITH numbered AS (
        SELECT *, copy, file_row_number AS n FROM range(${copies}) AS copies(copy),
          read_parquet(${quoted(flights)}, file_row_number = true)
      ), scored AS (
        SELECT *, CAST(delay > 15 AS INTEGER) AS late,
          -1.7 + 0.05 * (hour(date) - 12) + ${effect("origin")} + 0.6 * ${effect("destination")}
            + 0.6 * CAST(delay > 15 AS INTEGER) + (1.2 + ${effect("origin")}) * ${noise} AS logit
        FROM numbered
      )
      SELECT origin, destination, date AS departure, distance, delay, CAST(month(date) AS INTEGER) AS month,
        CAST(dayofweek(date) AS INTEGER) AS weekday, late, round(1 / (1 + exp(-logit)) * 430000) / 430000 AS score,
        round(delay * 0.8 + 20 * ${noise}, 2) AS predicted_delay
      FROM scored ${limit}
    ) TO ${quoted(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 200000)`);
  });
}
