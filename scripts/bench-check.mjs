// `npm run bench:check`: how long the two commands take that people wait for, and what memory they need. Prints a table
// in Markdown and ends with 1 when a median time or the largest memory is over its limit.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { ensureReady, root, run } from "./setup.mjs";

const runs = 5;
const sampleMs = 20;
const example = join(root, "examples/flight-delay");
const spec = "examples/flight-delay/muster.yaml";
const muster = join(root, "packages/muster/bin/muster.js");

ensureReady();
run(process.execPath, [join(example, "build/prepare.js")]);

const store = mkdtempSync(join(tmpdir(), "muster-bench-"));
const model = "examples/flight-delay/models/recent.onnx";
const commands = [
  { name: "lint", args: ["lint", spec], seconds: 0.4, gib: Number.POSITIVE_INFINITY },
  {
    name: "check --fresh",
    args: ["check", "--fresh", spec, "--model", model, "--store", store],
    seconds: 6,
    gib: 1.5,
  },
];

try {
  const rows = [];
  for (const command of commands) {
    const taken = [];
    for (let i = 0; i < runs; i += 1) taken.push(await measured(command.args));
    rows.push({ ...command, ...summary(taken) });
  }
  process.stdout.write(`\n${table(rows)}\n`);
  const over = rows.filter((row) => row.median > row.seconds || row.memory > row.gib);
  for (const { name, seconds, gib } of over) {
    const memory = Number.isFinite(gib) ? ` or ${gib} GiB` : "";
    process.stdout.write(`\nOver its limit of ${seconds} s${memory}: ${name}\n`);
  }
  process.exitCode = over.length > 0 ? 1 : 0;
} finally {
  rmSync(store, { recursive: true, force: true });
}

/** Wall seconds of one run, with Node's own start, and the largest resident memory of it and its children together. */
async function measured(args) {
  const started = performance.now();
  const child = spawn(process.execPath, [muster, ...args], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  let bytes = 0;
  const look = () => {
    bytes = Math.max(bytes, residentBytes(child.pid));
  };
  const sampling = setInterval(look, sampleMs);
  look();
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("exit", resolve));
  clearInterval(sampling);
  if (code !== 0) throw new Error(`muster ${args.join(" ")} ended with ${code}`);
  return { seconds: (performance.now() - started) / 1000, gib: bytes / 2 ** 30 };
}

/** Of a process and all below it. Pages that two of them share are counted twice, so this is never too little. */
function residentBytes(pid) {
  try {
    const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0;
    const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").split(" ").filter(Boolean),
    );
    return Number(kib) * 1024 + children.reduce((sum, child) => sum + residentBytes(child), 0);
  } catch {
    // It has ended meanwhile.
    return 0;
  }
}

function summary(taken) {
  const seconds = taken.map((run) => run.seconds).sort((a, b) => a - b);
  const gib = taken.map((run) => run.gib).sort((a, b) => a - b);
  return {
    median: seconds[Math.floor(runs / 2)],
    slowest: seconds[runs - 1],
    typical: gib[Math.floor(runs / 2)],
    memory: gib[runs - 1],
  };
}

function table(rows) {
  const { version } = JSON.parse(readFileSync(join(root, "packages/muster/package.json"), "utf8"));
  const machine = `${availableParallelism()} of ${cpus()[0]?.model ?? "unknown"}, ${gibText(totalmem() / 2 ** 30)}`;
  const proc = existsSync("/proc/self/task");
  const memory = (gib) => (proc ? gibText(gib) : "not known here");
  return [
    `Muster ${version}, Node ${process.versions.node}, ${process.platform}-${process.arch}, ${machine}; ${runs} runs each`,
    "",
    "| command | median s | slowest s | limit s | median memory | largest memory | limit |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...rows.map((row) =>
      [
        "",
        `\`${row.name}\``,
        row.median.toFixed(2),
        row.slowest.toFixed(2),
        row.seconds,
        memory(row.typical),
        memory(row.memory),
        Number.isFinite(row.gib) ? gibText(row.gib) : "",
        "",
      ]
        .join(" | ")
        .trim(),
    ),
  ].join("\n");
}

function gibText(gib) {
  return `${gib.toFixed(2)} GiB`;
}
