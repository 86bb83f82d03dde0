// What Muster's way to a number costs over the best single statement that a person would write for it in DuckDB.
//
//   npm run bench:duckdb [-- runs]
//
// Both sides read the same Parquet file of 3,000,000 rows through @duckdb/node-api in turns, from a question to numbers in
// JavaScript; opening the file is outside of both. Ends with 1 when a ratio is over 1.5 or a number differs.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureMetric, metricReads } from "../dist/checks/release/metric-subject.js";
import { DuckDbEngine } from "../dist/engine/duckdb/duckdb-engine.js";
import { quoted, seed, withDuckDb, writeFlights } from "./flights-table.mjs";
import { runsGiven } from "./runs-given.mjs";

const runs = runsGiven(7);
const mostRatio = 1.5;
const threads = 2;
const folder = mkdtempSync(join(tmpdir(), "muster-bench-"));
try {
  const path = join(folder, "scored.parquet");
  await writeFlights(path);
  const engine = await DuckDbEngine.open({ threads });
  await engine.attach("t", path);
  const rows = await withDuckDb({ threads: String(threads) }, async (connection) => {
    await connection.run(`CREATE VIEW t AS SELECT * FROM read_parquet(${quoted(path)})`);
    const found = [];
    for (const task of tasks()) found.push(await compared(task, engine, connection));
    return found;
  });
  await engine.close();
  process.stdout.write(`${table(rows)}\n`);
  if (rows.some(({ wall, cpu, off }) => Math.min(wall.ratio, cpu.ratio) > mostRatio || off > 1e-9))
    process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** What is asked: `ours` gives numbers by label through the engine, `theirs` the same from the rows of one statement. */
function tasks() {
  const scored = { table: "t", label: "late", positive: 1, score: "score" };
  const decided = ["accuracy", "precision", "recall", "f1", "brier_score", "log_loss"].map((metric) => ({
    ...scored,
    metric,
    ...(metric.endsWith("_score") || metric.startsWith("log") ? {} : { threshold: 0.5 }),
  }));
  const numbers = ["mean_absolute_error", "root_mean_squared_error"].map((metric) => ({
    table: "t",
    metric,
    label: "delay",
    prediction: "predicted_delay",
  }));
  const groups = [
    {},
    { group: [{ by: "origin", keys: { except: [] }, dimension: { kind: "values", column: "origin" } }] },
  ];
  // The second and third powers are what the metrics' intervals are made of.
  const powers = (name) => `SUM(${name}), SUM(${name} * ${name}), SUM(${name} * ${name} * ${name})`;
  const sums = `COUNT(*) AS n, COUNT(*) FILTER (late = 1 AND score >= 0.5) AS tp, COUNT(*) FILTER (late = 0 AND score >= 0.5) AS fp,
    COUNT(*) FILTER (late = 1) AS p, ${powers("brier")}, ${powers("loss")}`;
  const losses = `SELECT origin, late, score, (score - late) * (score - late) AS brier,
    -ln(CASE WHEN late = 1 THEN score ELSE 1 - score END) AS loss FROM t`;
  const gate = (row) => {
    const [n, tp, fp, p] = row.slice(2, 6).map(Number);
    return {
      accuracy: (tp + n - p - fp) / n,
      precision: tp / (tp + fp),
      recall: tp / p,
      f1: (2 * tp) / (p + tp + fp),
      brier_score: row[6] / n,
      log_loss: row[9] / n,
    };
  };
  const label = (row) => (Number(row[0]) === 1 ? "overall" : `origin=${row[1]}`);
  return [
    {
      name: "gate metrics, overall and 229 origins",
      ours: metrics(decided, groups),
      sql: `SELECT GROUPING(origin), origin, ${sums} FROM (${losses}) GROUP BY GROUPING SETS ((), (origin))`,
      theirs: (row) => Object.entries(gate(row)).map(([metric, value]) => [`${metric} ${label(row)}`, value]),
    },
    {
      name: "regression metrics, overall and 229 origins",
      ours: metrics(numbers, groups),
      sql: `SELECT GROUPING(origin), origin, COUNT(*), ${powers("far")}, ${powers("square")}
        FROM (SELECT origin, ABS(delay - predicted_delay) AS far, (delay - predicted_delay) * (delay - predicted_delay) AS square FROM t)
        GROUP BY GROUPING SETS ((), (origin))`,
      theirs: (row) => [
        [`mean_absolute_error ${label(row)}`, row[3] / Number(row[2])],
        [`root_mean_squared_error ${label(row)}`, Math.sqrt(row[6] / Number(row[2]))],
      ],
    },
    {
      name: "exact roc_auc, overall",
      ours: metrics([{ ...scored, metric: "roc_auc" }], [{}]),
      sql: `SELECT SUM(p * (cn - n / 2)) / (SUM(p) * SUM(n)) FROM (SELECT p, n, SUM(n) OVER (ORDER BY s) AS cn FROM
        (SELECT score AS s, COUNT(*) FILTER (late = 1) AS p, COUNT(*) FILTER (late = 0) AS n FROM t GROUP BY score))`,
      theirs: (row) => [["roc_auc overall", row[0]]],
    },
    {
      name: "data checks",
      ours: dataChecks,
      sql: `SELECT COUNT(*), COUNT(*) FILTER (late = 1), COUNT(*) FILTER (late = 0), epoch_ms(MIN(departure)), epoch_ms(MAX(departure)), MIN(distance), MAX(distance),
        COUNT(*) FILTER (distance IS NULL), COUNT(*) FILTER (origin IS NULL), COUNT(*) FILTER (destination IS NULL), MIN(delay), MAX(delay), COUNT(*) FILTER (distance < 0 OR distance > 6000) FROM t`,
      theirs: (row) => row.map((value, i) => [String(i), Number(value)]),
    },
  ];
}

function metrics(subjects, groups) {
  return async (engine) => {
    const cases = subjects.flatMap((subject) => groups.map((group) => ({ ...subject, ...group })));
    const reads = cases.map((subject) => metricReads(subject, "exact"));
    const answers = await engine.aggregate(reads.flat().map((read) => read.aggregate));
    const found = new Map();
    let at = 0;
    for (const [i, subject] of cases.entries()) {
      const own = answers
        .slice(at, at + reads[i].length)
        .map(({ groups }) => ({ kind: "aggregate", groups }));
      at += reads[i].length;
      for (const { label, value } of measureMetric(subject, own, "exact"))
        found.set(`${subject.metric} ${label}`, value);
    }
    return found;
  };
}

async function dataChecks(engine) {
  const of = (column) => ({ kind: "column", column });
  const missing = (column) => ({ fn: "count", where: { kind: "is_missing", column } });
  const late = (value) => ({ fn: "count", where: { kind: "equals", column: "late", value } });
  const epoch = { kind: "epoch_ms", column: "departure" };
  const asked = [
    { n: { fn: "count" } },
    { late: late(1), not: late(0) },
    { from: { fn: "min", of: epoch }, to: { fn: "max", of: epoch } },
    { low: { fn: "min", of: of("distance") }, high: { fn: "max", of: of("distance") } },
    { distance: missing("distance"), origin: missing("origin"), destination: missing("destination") },
    { low: { fn: "min", of: of("delay") }, high: { fn: "max", of: of("delay") } },
    {
      beyond: {
        fn: "count",
        where: {
          kind: "any",
          of: [
            { kind: "compare", column: "distance", operator: "<", value: 0 },
            { kind: "compare", column: "distance", operator: ">", value: 6000 },
          ],
        },
      },
    },
  ];
  const answers = await engine.aggregate(asked.map((values) => ({ table: "t", by: [], values })));
  const numbers = answers.flatMap(({ groups }) => Object.values(groups.values).map((column) => column[0]));
  return new Map(numbers.map((value, i) => [String(i), value]));
}

async function compared({ name, ours, sql, theirs }, engine, connection) {
  const taken = { ours: [], theirs: [], oursCpu: [], theirsCpu: [] };
  let found;
  let wanted;
  for (let i = 0; i < runs; i += 1) {
    found = await timed(taken.ours, taken.oursCpu, () => ours(engine));
    wanted = await timed(taken.theirs, taken.theirsCpu, async () => {
      const rows = (await connection.runAndReadAll(sql)).getRows();
      return new Map(rows.flatMap(theirs));
    });
  }
  let off = found.size === wanted.size ? 0 : Number.POSITIVE_INFINITY;
  for (const [label, value] of wanted) {
    const own = found.get(label);
    // A share of nothing is undefined with us and NaN there.
    if (own === null || own === undefined) off = Number.isFinite(value) ? Number.POSITIVE_INFINITY : off;
    else off = Math.max(off, Math.abs(own - value) / Math.max(1, Math.abs(value)));
  }
  return {
    name,
    wall: ratio(taken.ours, taken.theirs),
    cpu: ratio(taken.oursCpu, taken.theirsCpu),
    off,
    numbers: wanted.size,
  };
}

async function timed(wall, cpu, run) {
  const started = performance.now();
  const before = process.cpuUsage();
  const result = await run();
  const { user, system } = process.cpuUsage(before);
  wall.push(performance.now() - started);
  cpu.push((user + system) / 1000);
  return result;
}

function ratio(ours, theirs) {
  const [a, b] = [median(ours), median(theirs)];
  return { ours: a, theirs: b, ratio: a / b };
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function table(rows) {
  const ms = (value) => value.toFixed(0);
  const lines = rows.map(
    ({ name, wall, cpu, off, numbers }) =>
      `| ${name} | ${numbers} | ${ms(wall.ours)} | ${ms(wall.theirs)} | ${wall.ratio.toFixed(2)} | ${ms(cpu.ours)} | ${ms(cpu.theirs)} | ${cpu.ratio.toFixed(2)} | ${off.toExponential(1)} |`,
  );
  return [
    `Node ${process.versions.node}, ${threads} threads, seed ${seed}, medians of ${runs} runs in turns; at most ${mostRatio} times`,
    "",
    "| question | numbers | Muster ms | DuckDB ms | ratio | Muster CPU ms | DuckDB CPU ms | ratio | largest difference |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ...lines,
  ].join("\n");
}
