// Six metrics overall and for every origin, as the gate measures them, for `npm run bench`: prints them as JSON.

import { DuckDbEngine } from "../dist/engine/duckdb/duckdb-engine.js";
import { measureAll, metricNamed, readParams } from "../dist/index.js";

const names = ["roc_auc", "accuracy", "precision", "recall", "f1", "brier_score"];
const started = performance.now();
const before = process.cpuUsage();
const engine = await DuckDbEngine.open();
try {
  await engine.attach("rows", process.argv[2]);
  const columns = { table: "rows", label: "late", positive: 1, score: "score", threshold: 0.3 };
  const found = await measureAll(
    engine,
    names.map((name) => {
      const metric = metricNamed(name);
      const { params } = readParams(metric, {});
      return {
        metric,
        input: { columns, params, resolution: { kind: "exact" } },
        by: [{ kind: "values", column: "origin" }],
      };
    }),
  );
  // As pandas adds up a column: a group without a value adds nothing.
  const sum = (groups) =>
    groups.reduce((total, { result }) => total + (result.kind === "value" ? result.value : 0), 0);
  const print = (value) => Object.fromEntries(names.map((name, i) => [name, value(found[i])]));
  process.stdout.write(
    JSON.stringify({
      overall: print(({ all }) => all.value),
      groups: found[0].groups.length,
      sums: print(({ groups }) => sum(groups)),
    }),
  );
} finally {
  await engine.close();
}
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(before);
const { maxRSS } = process.resourceUsage();
process.stderr.write(`\n${JSON.stringify({ seconds, cpu: (user + system) / 1e6, peak: maxRSS * 1024 })}\n`);
