// How fast a spec is linted, as a user waits for it.
//
//   npm run build && node packages/muster/bench/lint.mjs [runs]
//
// `large` is one spec of 2,000 lines with 200 inputs and 500 subgroups, `many` a thousand ordinary specs in one call; both
// start the command anew each time, and print the median wall time and the peak of the resident memory.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const runs = Number(process.argv[2] ?? 5);
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
  let memory = 0;
  for (let run = 0; run < times; run++) {
    const start = performance.now();
    const hook = "process.on('exit',()=>process.stderr.write('\\nmaxrss '+process.resourceUsage().maxRSS))";
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--import", `data:text/javascript,${encodeURIComponent(hook)}`, bin, "lint", ...args],
      { encoding: "utf8", maxBuffer: 2 ** 28 },
    );
    taken.push(performance.now() - start);
    if (status !== 0 && status !== 1) throw new Error(`${name} ended with ${status}: ${stderr}`);
    memory = Math.max(memory, Number(/maxrss (\d+)/.exec(stderr)?.[1] ?? 0));
  }
  taken.sort((a, b) => a - b);
  const median = taken[Math.floor(taken.length / 2)];
  console.log(`${name}: ${(median / 1000).toFixed(2)} s, ${Math.round(memory / 1024)} MiB (${times} runs)`);
}

function largeSpec() {
  const inputs = Array.from({ length: 200 }, (_, i) =>
    [
      `    - name: input_${i}`,
      "      type: float",
      `      source: warehouse.column_${i}`,
      "      required: true",
      `      range: [0, ${i + 1}]`,
    ].join("\n"),
  ).join("\n");
  const subgroups = Array.from({ length: 500 }, (_, i) => `    - by: group_${i}\n      values: [a, b]`).join(
    "\n",
  );
  return base
    .replace("  outputs:\n", () => `${inputs}\n  outputs:\n`)
    .replace(/( {2}subgroups:[^\n]*\n)/, (line) => `${line}${subgroups}\n`);
}
