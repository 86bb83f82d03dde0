// Time and memory of one set of claims as the table grows: does memory stay within its limit, and time in proportion?
//
//   npm run bench:growth [-- millions,.. [folder for the answer]]
//
// The flights are written 1, 3, 10, 30 and 100 million rows long (under a temporary folder, removed afterwards). Each size is
// measured in a process of its own with `--memory 2GiB`: roc_auc in aggregate and for six dimensions by the two tiers, gate
// metrics for 229 origins, and the counts and ranges of data requirements. Prints Markdown; writes growth.json and growth.svg
// into the folder where one is given.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { registry } from "../dist/checks/registry.js";
import { DuckDbEngine } from "../dist/engine/duckdb/duckdb-engine.js";
import { evaluate } from "../dist/evaluate/evaluate.js";
import { dimensions, writeFlights } from "./flights-table.mjs";

const memory = { text: "2GiB", bytes: 2 * 2 ** 30 };

if (process.argv[2] === "measure") await measure(process.argv[3]);
else await main((process.argv[2] ?? "1,3,10,30,100").split(",").map(Number), process.argv[3]);

async function main(millions, answers) {
  const folder = mkdtempSync(join(tmpdir(), "muster-growth-"));
  const rows = [];
  try {
    for (const million of millions) {
      const path = join(folder, "scored.parquet");
      const count = million * 1_000_000;
      await writeFlights(path, {
        copies: Math.ceil(count / 3_000_000),
        rows: count,
        settings: { memory_limit: "2GiB" },
      });
      const megabytes = statSync(path).size / 1e6;
      rows.push({ million, megabytes, ...(await inOwnProcess(path)) });
      rmSync(path);
      process.stderr.write(`${million} million rows: ${JSON.stringify(rows.at(-1))}\n`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  process.stdout.write(`${table(rows)}\n`);
  if (answers !== undefined) {
    writeFileSync(
      join(answers, "growth.json"),
      `${JSON.stringify({ node: process.versions.node, memory: memory.text, rows }, null, 2)}\n`,
    );
    writeFileSync(join(answers, "growth.svg"), plot(rows));
  }
}

/** Wall and CPU seconds, and the most resident memory, of a process that does nothing else. */
async function inOwnProcess(path) {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), "measure", path], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let peak = 0;
  const look = setInterval(() => {
    try {
      const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1] ?? 0;
      peak = Math.max(peak, Number(kib) * 1024);
    } catch {
      // It has ended meanwhile.
    }
  }, 50);
  let out = "";
  child.stdout.on("data", (part) => {
    out += part;
  });
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  clearInterval(look);
  if (code !== 0) throw new Error(`measuring ended with ${code}`);
  return { ...JSON.parse(out), gibibytes: peak / 2 ** 30 };
}

async function measure(path) {
  const started = performance.now();
  const engine = await DuckDbEngine.open({ memoryLimit: `${memory.bytes}B` });
  const bench = {
    engine,
    addresses: new Map([
      ["evaluation", path],
      ["training", path],
    ]),
    model: null,
    contract: undefined,
    now: () => 0,
  };
  const { verdicts } = await evaluate(claims(), registry, bench, {
    evidence: [],
    waivers: [],
    measure: "all",
  });
  await engine.close();
  const { user, system } = process.cpuUsage();
  const open = verdicts
    .filter(({ evidence }) => evidence === null)
    .map(({ claim, outcome }) => [claim.id, outcome.because]);
  if (open.length > 0) throw new Error(JSON.stringify(open));
  const groups = verdicts.reduce((sum, { observations }) => sum + observations.length, 0);
  process.stdout.write(
    JSON.stringify({
      seconds: (performance.now() - started) / 1000,
      cpuSeconds: (user + system) / 1e6,
      verdicts: groups,
    }),
  );
}

function claims() {
  const subject = { table: "evaluation", label: "late", positive: 1, score: "score" };
  const groups = Object.entries(dimensions).map(([by, dimension]) => ({
    group: [{ by, dimension, keys: { except: [] } }],
  }));
  const promise = (metric, sense, limit) => ({
    metric,
    sense,
    limit,
    decideBy: "lower_bound",
    confidence: 0.95,
  });
  const all = [];
  const add = (check, of, promised) => {
    const at = {
      file: "bench",
      start: { line: 1, column: 1, offset: 0 },
      end: { line: 1, column: 1, offset: 0 },
    };
    const id = `c${all.length}`;
    all.push({
      id,
      section: "evaluation",
      stage: "release",
      path: id,
      says: id,
      at,
      check,
      subject: of,
      promise: promised,
    });
  };
  for (const group of [{}, ...groups])
    add(
      "evaluation/metric",
      { ...subject, metric: "roc_auc", ...group },
      promise("roc_auc", "at_least", 0.76),
    );
  for (const group of [{}, groups[0]]) {
    add(
      "evaluation/metric",
      { ...subject, metric: "log_loss", ...group },
      promise("log_loss", "at_most", 0.5),
    );
    for (const metric of ["precision", "recall", "f1"])
      add(
        "evaluation/metric",
        { ...subject, metric, threshold: 0.5, ...group },
        promise(metric, "at_least", 0.3),
      );
  }
  add("data/row-count", { table: "training" }, { atLeast: 1 });
  for (const column of ["distance", "delay"])
    add("data/input-range", { tables: ["training", "evaluation"], column }, { range: [-2000, 10_000] });
  return all;
}

function table(rows) {
  return [
    `Node ${process.versions.node}, memory limit ${memory.text}`,
    "",
    "| million rows | file MB | verdicts | seconds | CPU seconds | peak GiB resident |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows.map(
      ({ million, megabytes, verdicts, seconds, cpuSeconds, gibibytes }) =>
        `| ${million} | ${megabytes.toFixed(0)} | ${verdicts} | ${seconds.toFixed(1)} | ${cpuSeconds.toFixed(1)} | ${gibibytes.toFixed(2)} |`,
    ),
  ].join("\n");
}

/** Both axes logarithmic for time, memory linear against its limit. */
function plot(rows) {
  const [width, height, pad] = [360, 260, 45];
  const x = (million) =>
    pad +
    ((width - 2 * pad) * Math.log10(million / rows[0].million)) /
      Math.max(1e-9, Math.log10(rows.at(-1).million / rows[0].million));
  const most = Math.max(...rows.map(({ seconds }) => seconds));
  const least = Math.min(...rows.map(({ seconds }) => seconds));
  const time = ({ seconds }) =>
    height -
    pad -
    ((height - 2 * pad) * Math.log10(seconds / least)) / Math.max(1e-9, Math.log10(most / least));
  const top = Math.max(2.2, ...rows.map(({ gibibytes }) => gibibytes));
  const room = (gibibytes) => height - pad - ((height - 2 * pad) * gibibytes) / top;
  const panel = (left, title, y, label) => {
    const points = rows.map((row) => `${x(row.million).toFixed(1)},${y(row).toFixed(1)}`).join(" ");
    const marks = rows.map(
      (row) =>
        `<circle cx="${x(row.million).toFixed(1)}" cy="${y(row).toFixed(1)}" r="3"/><text x="${x(row.million).toFixed(1)}" y="${(y(row) - 8).toFixed(1)}" text-anchor="middle">${label(row)}</text><text x="${x(row.million).toFixed(1)}" y="${height - pad + 16}" text-anchor="middle">${row.million}</text>`,
    );
    return `<g transform="translate(${left} 0)"><text x="${width / 2}" y="18" text-anchor="middle" font-weight="bold">${title}</text><path d="M${pad} ${pad}V${height - pad}H${width - pad}" fill="none" stroke="#888"/><polyline points="${points}" fill="none" stroke="#2563eb" stroke-width="2"/>${marks.join("")}<text x="${width / 2}" y="${height - 8}" text-anchor="middle">million rows</text></g>`;
  };
  const limit = `<path d="M${width + pad} ${room(2).toFixed(1)}H${2 * width - pad}" stroke="#b91c1c" stroke-dasharray="4"/><text x="${width + pad + 4}" y="${(room(2) - 4).toFixed(1)}" fill="#b91c1c">${memory.text} for the engine</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${2 * width}" height="${height}" font-family="sans-serif" font-size="11"><rect width="100%" height="100%" fill="#fff"/>${panel(0, "seconds (logarithmic)", time, ({ seconds }) => seconds.toFixed(1))}${panel(
    width,
    "GiB resident, at most",
    ({ gibibytes }) => room(gibibytes),
    ({ gibibytes }) => gibibytes.toFixed(2),
  )}${limit}</svg>\n`;
}
