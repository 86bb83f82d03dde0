// `node packages/muster/bench/drift.mjs`: muster drift against Evidently and NannyML on the flights and on wide data.
//
// The peers are run from virtual environments, named by MUSTER_EVIDENTLY and MUSTER_NANNYML (the python of each); without one
// a peer is left out. MUSTER_BENCH_RUNS is the number of runs, 5 by default, MUSTER_BENCH_ONLY one of flights and wide.
// Times of muster are whole processes: start, reading, hashing the files, comparing, printing. Times of the peers
// leave out their imports and their reading.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const muster = here("../bin/muster.js");
const flights = here("../../../node_modules/vega-datasets/data/flights-3m.parquet");
const wideRows = 1_000_000;
const wideColumns = 100;

/** Two tables each: the flights, and as many normal columns of a stated seed, a tenth of them moved. */
async function tables(folder) {
  mkdirSync(folder, { recursive: true });
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  const write = async (name, select) => {
    const path = join(folder, name);
    if (!existsSync(path)) await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
    return path;
  };
  const source = `SELECT delay, distance, origin, destination FROM '${flights}'`;
  const normal = (seed, shift) => {
    const columns = Array.from({ length: wideColumns }, (_, c) => {
      const draw = (part) =>
        `((hash(i * 7919 + ${seed * 1000 + c * 2 + part}) % 9007199254740991) + 1) / 9007199254740993.0`;
      return `CAST(sqrt(-2 * ln(${draw(0)})) * cos(2 * pi() * ${draw(1)}) + ${c % 10 === 0 ? shift : 0} AS DOUBLE) AS x${c}`;
    });
    return `SELECT ${columns.join(", ")} FROM range(${wideRows}) AS t(i)`;
  };
  const made = {
    flights: {
      base: await write("flights-base.parquet", source),
      current: await write(
        "flights-current.parquet",
        `SELECT delay + 3 AS delay, distance, origin, destination FROM '${flights}'`,
      ),
      columns: ["delay", "distance", "origin", "destination"],
    },
    wide: {
      base: await write("wide-base.parquet", normal(1, 0)),
      current: await write("wide-current.parquet", normal(2, 0.3)),
      columns: Array.from({ length: wideColumns }, (_, c) => `x${c}`),
    },
  };
  connection.closeSync();
  instance.closeSync();
  return made;
}

function timed(command, args) {
  const start = performance.now();
  const run = spawnSync("/usr/bin/time", ["-f", "%M %U %S", command, ...args], {
    encoding: "utf8",
    // The peers report their use over the network unless they are told not to.
    env: { ...process.env, DO_NOT_TRACK: "1", NML_DISABLE_USAGE_LOGGING: "1" },
    maxBuffer: 256 * 1024 * 1024,
    timeout: 3_600_000,
  });
  const seconds = (performance.now() - start) / 1000;
  const [kilobytes, user, system] = run.stderr.trim().split("\n").at(-1).split(" ").map(Number);
  return {
    seconds,
    cpu: user + system,
    peak: kilobytes * 1024,
    out: run.stdout,
    status: run.status,
    err: run.stderr,
  };
}

/** One row a table: `{name, ours, oursCpu, oursPeak, peers: [{name, version, seconds, cpu, peak}]}`; times in seconds. */
export async function driftRows({ runs = 5, only, folder = join(tmpdir(), "muster-bench-drift") } = {}) {
  const rows = [];
  const pythons = [
    ["evidently_drift.py", process.env.MUSTER_EVIDENTLY],
    ["nannyml_drift.py", process.env.MUSTER_NANNYML],
  ].filter(([, python]) => python !== undefined);
  for (const [name, { base, current, columns }] of Object.entries(await tables(folder))) {
    if (only !== undefined && only !== name) continue;
    const ours = [];
    const peers = pythons.map(() => []);
    for (let run = 0; run < runs; run++) {
      const one = timed(process.execPath, [muster, "drift", base, current, "--format", "json"]);
      if (one.status !== 0 && one.status !== 1) throw new Error(one.err);
      ours.push(one);
      for (const [p, [script, python]] of pythons.entries()) {
        const peer = timed(python, [here(`peers/${script}`), base, current, columns.join(",")]);
        if (peer.status !== 0) throw new Error(peer.err);
        peers[p].push({ ...JSON.parse(peer.out.trim().split("\n").at(-1)), peak: peer.peak });
      }
    }
    rows.push({
      name: `drift, ${name}`,
      ours: ours.map(({ seconds }) => seconds),
      oursCpu: ours.map(({ cpu }) => cpu),
      oursPeak: Math.max(...ours.map(({ peak }) => peak)),
      peers: peers.map((of) => ({
        name: of[0].name,
        version: of[0].version,
        seconds: of.map(({ seconds }) => seconds),
        cpu: of.map(({ cpu }) => cpu),
        peak: Math.max(...of.map(({ peak }) => peak)),
      })),
    });
  }
  return rows;
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const rows = await driftRows({
    runs: Number(process.env.MUSTER_BENCH_RUNS ?? 5),
    only: process.env.MUSTER_BENCH_ONLY,
  });
  console.log(
    "| | muster s | CPU s | MiB | peer | s | CPU s | MiB | times faster |\n|---|---|---|---|---|---|---|---|---|",
  );
  for (const { name, ours, oursCpu, oursPeak, peers } of rows) {
    for (const peer of peers.length > 0 ? peers : [undefined]) {
      const own = [name, median(ours).toFixed(2), median(oursCpu).toFixed(2), Math.round(oursPeak / 2 ** 20)];
      const other =
        peer === undefined
          ? ["-", "", "", "", ""]
          : [
              `${peer.name} ${peer.version}`,
              median(peer.seconds).toFixed(2),
              median(peer.cpu).toFixed(2),
              Math.round(peer.peak / 2 ** 20),
              (median(peer.seconds) / median(ours)).toFixed(1),
            ];
      console.log(`| ${[...own, ...other].join(" | ")} |`);
    }
  }
  if (process.env.MUSTER_BENCH_KEEP === undefined)
    rmSync(join(tmpdir(), "muster-bench-drift"), { recursive: true, force: true });
}
