// `npm run bench`: what Muster and the tools that people use today take for the same work on the same files, side by side.
//
//   npm run bench [-- --runs 5] [--only gate,drift] [--peers NannyML,pandera] [--out folder]
//
// Each run is a process of its own, ours and the peers' in turn. The seconds compared go from the file to the numbers,
// without the start of Node or Python and the imports, on the wall and, as others may use the machine, of the processors;
// whole processes stand in columns of their own. Numbers that both
// have a definition of are held against each other. Writes Markdown and JSON; ends with 1 below a target.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { benchData, seed, wideColumns, wideRows } from "./against-data.mjs";
import { scenarios } from "./against-scenarios.mjs";

const { values: options } = parseArgs({
  options: {
    runs: { type: "string", default: "5" },
    only: { type: "string" },
    peers: { type: "string" },
    out: { type: "string" },
  },
});
const runs = Number(options.runs);
const here = fileURLToPath(new URL(".", import.meta.url));
const cache = join(here, "../../../node_modules/.cache/muster-bench");
mkdirSync(cache, { recursive: true });
// Peers report their use over the network, within the time that is measured, unless they are told not to.
const silent = { ...process.env, DO_NOT_TRACK: "1", NML_DISABLE_USAGE_LOGGING: "1" };
const python = pythonWithPeers(join(cache, "venv"));
const data = await benchData(cache);
const folder = mkdtempSync(join(tmpdir(), "muster-bench-"));

try {
  const named = (list, name) => list === undefined || list.split(",").includes(name);
  const wanted = scenarios(data, folder)
    .filter(({ kind }) => named(options.only, kind))
    .map((scenario) => ({
      ...scenario,
      peers: scenario.peers.filter(({ name }) => named(options.peers, name)),
    }))
    .filter(({ peers }) => peers.length > 0);
  const results = [];
  for (const scenario of wanted) results.push(await sideBySide(scenario));
  const { version } = JSON.parse(readFileSync(join(here, "../package.json"), "utf8"));
  const machine = `${availableParallelism()} x ${cpus()[0]?.model ?? "unknown"}`;
  const report = { version: 1, muster: version, node: process.versions.node, machine, runs, seed, results };
  const text = markdown(report);
  process.stdout.write(`\n${text}\n`);
  const out = options.out ?? cache;
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "bench.json"), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(join(out, "bench.md"), `${text}\n`);
  process.exitCode = results.every((result) => result.met) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs ours and each peer in turn, so that a load on the machine meets all of them. */
async function sideBySide(scenario) {
  const ours = [];
  const peers = new Map(scenario.peers.map(({ name }) => [name, []]));
  for (let i = 0; i < runs; i += 1) {
    ours.push(await ended(process.execPath, scenario.ours, scenario.okExit));
    for (const { name, script, args } of scenario.peers) {
      process.stderr.write(`${scenario.name}, run ${i + 1} of ${runs}: ${name}\n`);
      const { stdout, wall } = await ended(python, [join(here, "peers", script), ...args]);
      const line = stdout.trimEnd().split("\n").at(-1);
      peers.get(name).push({ ...JSON.parse(line), wall });
    }
  }
  const clocked = ours.map(({ stderr }) => JSON.parse(stderr.trimEnd().split("\n").at(-1)));
  const own = {
    seconds: median(clocked.map((run) => run.seconds)),
    cpu: median(clocked.map((run) => run.cpu)),
    whole: median(ours.map((run) => run.wall)),
    peak: median(clocked.map((run) => run.peak)),
  };
  const others = [...peers].map(([name, taken]) => ({
    name,
    versions: taken[0].versions,
    seconds: median(taken.map((run) => run.read + run.work)),
    cpu: median(taken.map((run) => run.cpu)),
    whole: median(taken.map((run) => run.wall)),
    peak: median(taken.map((run) => run.peak)),
    numbers: taken[0].numbers,
  }));
  const disagreements = scenario.compare?.(
    ours[0].stdout,
    new Map(others.map((peer) => [peer.name, peer.numbers])),
  );
  const ratio = Math.min(...others.map((peer) => peer.seconds / own.seconds));
  const cpuRatio = Math.min(...others.map((peer) => peer.cpu / own.cpu));
  const lean = others.every((peer) => own.peak < peer.peak);
  const met = ratio >= scenario.target && lean && (disagreements ?? []).length === 0;
  const { name, kind, target } = scenario;
  return { name, kind, target, ours: own, peers: others, ratio, cpuRatio, lean, disagreements, met };
}

/** One process from start to end: what it printed, and wall seconds. */
function ended(command, args, okExit = [0]) {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], env: silent });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (part) => {
      stdout += part;
    });
    child.stderr.on("data", (part) => {
      stderr += part;
    });
    child.once("error", reject);
    child.once("close", (code) => {
      if (okExit.includes(code))
        return resolve({ stdout, stderr, wall: (performance.now() - started) / 1000 });
      reject(new Error(`${command} ${args.join(" ")} ended with ${code}: ${stderr}`));
    });
  });
}

/** A virtual environment with the peers, made once. */
function pythonWithPeers(venv) {
  const bin = join(venv, "bin/python");
  const list = join(here, "peers/requirements.txt");
  const stamp = join(venv, "requirements.txt");
  const wanted = readFileSync(list, "utf8");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return bin;
  process.stderr.write("Installing the peers from PyPI (once, some minutes) ..\n");
  for (const [command, args] of [
    ["python3", ["-m", "venv", venv]],
    [bin, ["-m", "pip", "install", "-q", "-r", list]],
  ]) {
    const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
    if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}: ${stderr}`);
  }
  writeFileSync(stamp, wanted);
  return bin;
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function markdown({ muster, node, machine, results }) {
  const versions = new Map(
    results.flatMap(({ peers }) => peers.flatMap((peer) => Object.entries(peer.versions))),
  );
  const used = [...versions].map(([name, version]) => `${name} ${version}`).join(", ");
  const mib = (bytes) => `${Math.round(bytes / 2 ** 20)} MiB`;
  const rows = results.flatMap(({ name, target, ours, peers, lean, disagreements, met }) =>
    peers.map((peer) =>
      [
        "",
        name,
        ours.seconds.toFixed(2),
        ours.cpu.toFixed(2),
        ours.whole.toFixed(2),
        mib(ours.peak),
        peer.name,
        peer.seconds.toFixed(2),
        peer.cpu.toFixed(2),
        peer.whole.toFixed(2),
        mib(peer.peak),
        `${(peer.seconds / ours.seconds).toFixed(1)}x`,
        `${(peer.cpu / ours.cpu).toFixed(1)}x`,
        `${target}x`,
        disagreements === undefined ? "" : disagreements.length === 0 ? "yes" : disagreements.join("; "),
        met && lean ? "yes" : "NO",
        "",
      ]
        .join(" | ")
        .trim(),
    ),
  );
  return [
    `Muster ${muster} on Node ${node} against ${used}; ${machine}; medians of ${runs} runs in turn. Wide: ${wideColumns} columns, ${wideRows} rows, seed ${seed}.`,
    "",
    "| work | Muster s | CPU s | whole | peak | peer | peer s | CPU s | whole | peak | ratio | of CPU | target | same numbers | met |",
    "| --- | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |",
    ...rows,
  ].join("\n");
}
