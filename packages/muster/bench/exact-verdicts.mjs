// Exact verdicts for every subgroup of a large table, by the code that `muster check` runs, against brute force.
//
//   npm run bench:verdicts [-- runs]
//
// 3,000,000 flights with about 280,000 distinct scores, roc_auc in aggregate and for each of 500 subgroups in six
// dimensions (origin, destination, hour, weekday, month, distance), held against a limit in the midst of the groups'
// values. Brute force sorts all rows by score and counts the pairs of every group by itself, with DeLong's variance from
// the placement of every single row. Ends with 1 when a verdict differs or the median is over 3 s.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { registry } from "../dist/checks/registry.js";
import { DuckDbEngine } from "../dist/engine/duckdb/duckdb-engine.js";
import { evaluate } from "../dist/evaluate/evaluate.js";
import { aucBound } from "../dist/stats/auc-bound.js";
import { dimensions, distanceEdges, quoted, seed, withDuckDb, writeFlights } from "./flights-table.mjs";
import { runsGiven } from "./runs-given.mjs";

const runs = runsGiven(5);
const mostSeconds = 3;
const confidence = 0.95;

await main();

async function main() {
  const folder = mkdtempSync(join(tmpdir(), "muster-bench-"));
  try {
    const path = join(folder, "scored.parquet");
    await writeFlights(path);
    const truth = await bruteForce(path);
    const values = [...truth.values()].map(({ auc }) => auc).filter(Number.isFinite);
    const limit = Number(values.sort((a, b) => a - b)[Math.floor(values.length / 2)].toFixed(4));
    const rows = [];
    for (const decideBy of ["point", "lower_bound"]) {
      const taken = [];
      let found;
      for (let i = 0; i < runs; i += 1) {
        const started = performance.now();
        found = await verdicts(path, { limit, decideBy });
        taken.push((performance.now() - started) / 1000);
      }
      const wrong = differences(found, truth, { limit, decideBy });
      for (const line of wrong.slice(0, 10)) process.stderr.write(`${line}\n`);
      const outcomes = groupBy(found.values());
      rows.push({
        decideBy,
        limit,
        groups: found.size,
        wrong: wrong.length,
        taken: taken.sort((a, b) => a - b),
        outcomes,
      });
    }
    process.stdout.write(`${table(rows)}\n`);
    if (rows.some(({ wrong, taken }) => wrong > 0 || median(taken) > mostSeconds)) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Verdicts by group label through `evaluate`, from opening the engine to closing it. */
async function verdicts(path, { limit, decideBy }) {
  const engine = await DuckDbEngine.open();
  try {
    const promise = { metric: "roc_auc", sense: "at_least", limit, decideBy, confidence };
    const subject = { metric: "roc_auc", table: "evaluation", label: "late", positive: 1, score: "score" };
    const claims = [claim("overall", subject, promise)];
    for (const [by, dimension] of Object.entries(dimensions))
      claims.push(claim(by, { ...subject, group: [{ by, dimension, keys: { except: [] } }] }, promise));
    const bench = {
      engine,
      addresses: new Map([["evaluation", path]]),
      model: null,
      contract: undefined,
      now: () => 0,
    };
    const options = { evidence: [], waivers: [], measure: "all" };
    const { verdicts } = await evaluate(claims, registry, bench, options);
    const found = new Map();
    for (const verdict of verdicts) {
      if (verdict.observations.length === 0) throw new Error(JSON.stringify(verdict.outcome));
      for (const [i, { label, outcome, value }] of verdict.observations.entries())
        found.set(label, { outcome, value, exact: !(verdict.evidence.measurements[i].facts.half_width > 0) });
    }
    return found;
  } finally {
    await engine.close();
  }
}

function claim(id, subject, promise) {
  const position = { line: 1, column: 1, offset: 0 };
  return {
    id,
    section: "evaluation",
    stage: "release",
    path: id,
    says: id,
    at: { start: position, end: position },
    check: "evaluation/metric",
    subject,
    promise,
  };
}

/** Groups whose verdict differs from the one that brute force gives, or whose value lies beyond what was claimed. */
function differences(found, truth, { limit, decideBy }) {
  const wrong = [];
  for (const [label, { auc, variance, positives, negatives }] of truth) {
    const seen = found.get(label);
    const wanted = !Number.isFinite(auc) ? "undecided" : judged(auc, variance, positives, negatives);
    if (seen?.outcome !== wanted) wrong.push(`${label}: ${seen?.outcome}, by brute force ${wanted} (${auc})`);
    else if (seen.exact && Number.isFinite(auc) && Math.abs(seen.value - auc) > 1e-12)
      wrong.push(`${label}: ${seen.value}, by brute force ${auc}`);
  }
  if (found.size !== truth.size) wrong.push(`${found.size} groups, by brute force ${truth.size}`);
  return wrong;

  function judged(auc, variance, positives, negatives) {
    if (decideBy === "point") return auc >= limit ? "kept" : "broken";
    // Groups too small for a bound have no verdict, however good they look.
    if (positives + negatives < 30 || Math.min(positives, negatives) < 10) return "undecided";
    const facts = { auc, variance, positives, negatives };
    if (aucBound(facts, confidence, "lower") >= limit) return "kept";
    return aucBound(facts, confidence, "upper") < limit ? "broken" : "undecided";
  }
}

/** AUC, DeLong's variance and class counts of every group, from the rows one by one. */
async function bruteForce(path) {
  const bins = distanceEdges
    .slice(0, -2)
    .map(
      (edge, i) =>
        `WHEN distance < ${distanceEdges[i + 1]} THEN 'distance=[${edge}, ${distanceEdges[i + 1]})'`,
    );
  const last = `'distance=[${distanceEdges.at(-2)}, ${distanceEdges.at(-1)}]'`;
  const labels = [
    "'overall'",
    "'origin=' || origin",
    "'destination=' || destination",
    "'hour=h' || hour(departure)",
    "'weekday=' || weekday",
    "'month=' || month",
    `CASE ${bins.join(" ")} ELSE ${last} END`,
  ];
  const truth = new Map();
  await withDuckDb({}, async (connection) => {
    for (const label of labels) {
      const sql = `SELECT g, list(score ORDER BY score) FILTER (late = 1) AS p, list(score ORDER BY score) FILTER (late = 0) AS n
        FROM (SELECT ${label} AS g, score, late FROM read_parquet(${quoted(path)})) GROUP BY g`;
      const result = await connection.stream(sql);
      for (let chunk = await result.fetchChunk(); chunk?.rowCount > 0; chunk = await result.fetchChunk())
        for (const [g, p, n] of chunk.getRows()) truth.set(g, byPlacements(numbers(p), numbers(n)));
    }
  });
  return truth;
}

function numbers(list) {
  return Float64Array.from(list?.items ?? []);
}

/** Ascending positives and negatives; the placement of each among the other class, ties counting half. */
function byPlacements(p, n) {
  const counts = { positives: p.length, negatives: n.length };
  if (p.length === 0 || n.length === 0) return { ...counts, auc: Number.NaN, variance: Number.NaN };
  const v10 = shareBelow(p, n);
  const v01 = shareBelow(n, p).map((share) => 1 - share);
  const auc = v10.reduce((a, b) => a + b, 0) / p.length;
  const spread = (v) => v.reduce((a, b) => a + (b - auc) ** 2, 0) / (v.length - 1) / v.length;
  return { ...counts, auc, variance: p.length < 2 || n.length < 2 ? Number.NaN : spread(v10) + spread(v01) };
}

function shareBelow(of, among) {
  let below = 0;
  let upTo = 0;
  return of.map((score) => {
    while (below < among.length && among[below] < score) below += 1;
    while (upTo < among.length && among[upTo] <= score) upTo += 1;
    return (below + upTo) / 2 / among.length;
  });
}

function table(rows) {
  const count = (outcomes, name) => outcomes[name]?.length ?? 0;
  const lines = rows.map(({ decideBy, limit, groups, wrong, taken, outcomes }) => {
    const exact = Object.values(outcomes)
      .flat()
      .filter(({ exact }) => exact).length;
    const split = ["kept", "broken", "undecided"]
      .map((name) => `${count(outcomes, name)} ${name}`)
      .join(", ");
    return `| ${decideBy} | ${limit} | ${groups} | ${split} | ${exact} | ${median(taken).toFixed(2)} | ${taken[0].toFixed(2)} to ${taken.at(-1).toFixed(2)} | ${wrong} |`;
  });
  return [
    `Node ${process.versions.node}, seed ${seed}, medians of ${runs} runs; at most ${mostSeconds} s`,
    "",
    "| decided by | limit | groups | verdicts | read exactly | median s | range s | unlike brute force |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...lines,
  ].join("\n");
}

function median(sorted) {
  return sorted[Math.floor(sorted.length / 2)];
}

function groupBy(found) {
  const groups = {};
  for (const one of found) groups[one.outcome] = [...(groups[one.outcome] ?? []), one];
  return groups;
}
