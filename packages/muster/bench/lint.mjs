// How fast a spec is linted, as a user waits for it.
//
//   npm run build && node packages/muster/bench/lint.mjs [runs]
//
// `large` is one spec of 2,000 lines with 200 inputs and 500 subgroups, `many` a thousand ordinary specs in one call; both
// start the command anew each time, and print the median wall and CPU time and the peak of the resident memory.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runsGiven } from "./runs-given.mjs";

const runs = runsGiven(5);
const bin = fileURLToPath(new URL("../bin/muster.js", import.meta.url));
const base = readFileSync(
  new URL("../src/spec/rules/fixtures/bases/classification.muster.yaml", import.meta.url),
  "utf8",
);
const folder = mkdtempSync(join(tmpdir(), "muster-bench-"));
try {
  const large = join(folder, "large.yaml");
  writeFileSync(large, largeSpec());
  const many = Array.from({ length: 1000 }, (_, i) => {
    const file = join(folder, `spec-${i}.yaml`);
    writeFileSync(file, base.replace("name: flight-delay", `name: flight-delay-${i}`));
    return file;
  });
  const lines = readFileSync(large, "utf8").split("\n").length;
  report(`large (${lines.toLocaleString("en")} lines)`, [large], runs);
  report("large, strict, every format", [large, ...formats()], runs);
  report("many (1,000 specs)", many, Math.min(runs, 3));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function formats() {
  const names = ["json", "sarif", "junit", "github", "gitlab", "markdown", "html"];
  return ["--preset", "regulated", ...names.flatMap((name) => ["--format", `${name}=${join(folder, name)}`])];
}

function report(name, args, times) {
  const taken = [];
  const cpu = [];
  let memory = 0;
  for (let run = 0; run < times; run++) {
    const start = performance.now();
    const hook =
      "process.on('exit',()=>process.stderr.write('\\nmaxrss '+process.resourceUsage().maxRSS+' cpu '+(process.cpuUsage().user+process.cpuUsage().system)))";
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--import", `data:text/javascript,${encodeURIComponent(hook)}`, bin, "lint", ...args],
      { encoding: "utf8", maxBuffer: 2 ** 28 },
    );
    taken.push(performance.now() - start);
    if (status !== 0 && status !== 1) throw new Error(`${name} ended with ${status}: ${stderr}`);
    if (/MU-A2\d\d/.test(stdout)) throw new Error(`${name} does not parse: ${stdout.slice(0, 500)}`);
    cpu.push(Number(/cpu (\d+)/.exec(stderr)?.[1] ?? 0));
    memory = Math.max(memory, Number(/maxrss (\d+)/.exec(stderr)?.[1] ?? 0));
  }
  const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
  const wall = (median(taken) / 1000).toFixed(2);
  const used = (median(cpu) / 1e6).toFixed(2);
  console.log(`${name}: ${wall} s, of which CPU ${used} s, ${Math.round(memory / 1024)} MiB (${times} runs)`);
}

/** With those of the base: 200 inputs and 500 subgroups, the most that a list of them may have. */
function largeSpec() {
  const inputs = Array.from({ length: 196 }, (_, i) =>
    [
      `    - name: input_${i}`,
      "      type: float",
      `      source: warehouse.column_${i}`,
      "      required: true",
      `      range: [0, ${i + 1}]`,
    ].join("\n"),
  ).join("\n");
  const subgroups = Array.from({ length: 497 }, (_, i) => `    - by: group_${i}\n      values: [a, b]`).join(
    "\n",
  );
  return base
    .replace("  outputs:\n", () => `${inputs}\n  outputs:\n`)
    .replace(/( {2}subgroups:[^\n]*\n)/, (line) => `${line}${subgroups}\n`);
}
