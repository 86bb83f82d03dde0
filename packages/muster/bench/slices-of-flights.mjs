// Where the score of the flights is wrong more often than elsewhere, for `npm run bench`: searched and confirmed as
// `muster slices` does. The clock stops there; the numbers that a peer has as well are counted after it, of both halves.

import { everyCell } from "../dist/checks/slices/every-cell.js";
import { DuckDbEngine } from "../dist/engine/duckdb/duckdb-engine.js";
import { readSliceTables, searchSlices } from "../dist/evaluate/search-slices.js";

const [path, support, values, ...attributes] = process.argv.slice(2);
const most = 3;
const started = performance.now();
const before = process.cpuUsage();
const engine = await DuckDbEngine.open();
try {
  const { rows } = await engine.attach("rows", path);
  const least = Math.ceil(rows * Number(support));
  const wanted = {
    metric: "accuracy",
    columns: { table: "rows", label: "late", positive: 1, score: "score", threshold: 0.3 },
    unit: "date",
    seed: 1,
    attributes,
    most,
    // Of the half that is searched.
    rows: Math.ceil(least / 2),
    values: Number(values),
  };
  const { slices, tested } = await searchSlices(engine, wanted);
  const { maxRSS } = process.resourceUsage();
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - started) / 1000;
  const clocked = { seconds, cpu: (user + system) / 1e6, peak: maxRSS * 1024 };

  const read = await readSliceTables(engine, wanted);
  const sizes = read.attributes.map((own) => own.values.length);
  const found = [];
  for (const { count, halves } of everyCell(read.tables, sizes, most)) {
    for (let cell = 0; cell < count; cell += 1) {
      const sum = (name) => halves[0][name][cell] + halves[1][name][cell];
      if (sum("rows") >= least) found.push({ rows: sum("rows"), wrong: sum("bad") / sum("rows") });
    }
  }
  const largest = found.toSorted((a, b) => b.rows - a.rows).slice(0, 10);
  const numbers = { slices: found.length, tested, confirmed: slices.length, largest };
  process.stdout.write(JSON.stringify(numbers));
  process.stderr.write(`\n${JSON.stringify(clocked)}\n`);
} finally {
  await engine.close();
}
