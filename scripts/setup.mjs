// Brings a checkout to where its commands can run: installs and builds when that is missing or stale. No dependencies.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamps = join(root, "node_modules", ".cache", "muster");
const floor = [20, 19];

/** Installs and builds if needed; `tests` also type-checks the tests. Ends the process with a reason when it cannot. */
export function ensureReady({ tests = false } = {}) {
  requireNode();
  if (stale("install", installKey())) {
    say("Installing npm packages (once, about a minute) ..");
    // The CPU build of onnxruntime-node ships in its package; its install script would download a GPU build.
    const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: "skip" };
    // Not `npm ci`: it insists on lock entries for the native packages of every platform, also where the registry in
    // use serves only some. This installs the locked versions as well, and leaves the lock file alone.
    run("npm", ["install", "--no-save", "--no-fund", "--no-audit", "--loglevel=error"], { env });
    stamp("install", installKey());
  }
  const target = tests ? "build-tests" : "build";
  if (stale(target, buildKey()) || !existsSync(join(root, "packages/muster/dist/cli/main.js"))) {
    say("Building ..");
    const projects = tests ? [] : ["packages/muster", "examples/flight-delay"];
    run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-b", ...projects]);
    stamp(target, buildKey());
  }
}

/** Runs a command in the repository's root with this terminal; a failure ends this process with the same code. */
export function run(command, args, { env = process.env, allow = [0] } = {}) {
  const shell = process.platform === "win32" && command === "npm";
  const { status, signal, error } = spawnSync(command, args, { cwd: root, stdio: "inherit", env, shell });
  if (error) fail(`${command} could not be started: ${error.message}`);
  if (signal) process.exit(130);
  if (!allow.includes(status ?? 1)) process.exit(status ?? 1);
  return status;
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < floor[0] || (major === floor[0] && minor < floor[1])) {
    fail(`Muster needs Node ${floor.join(".")} or newer; this is ${process.versions.node}.`);
  }
}

const installKey = () =>
  hash(
    ["package-lock.json", "package.json"].map((file) => readFileSync(join(root, file), "utf8")).join("\0"),
  );

/** Names, sizes and times of all sources: cheap, and enough to notice an edit or a switched branch. */
function buildKey() {
  const files = [];
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else {
        const { size, mtimeMs } = statSync(path);
        files.push(`${path}:${size}:${mtimeMs}`);
      }
    }
  };
  for (const folder of ["packages/muster/src", "packages/muster/test", "examples/flight-delay/src"]) {
    if (existsSync(join(root, folder))) walk(join(root, folder));
  }
  return hash(`${installKey()}\0${files.sort().join("\0")}`);
}

const hash = (text) => createHash("sha256").update(text).digest("hex");
const stampFile = (name) => join(stamps, `${name}.sha256`);
const stale = (name, key) => !existsSync(stampFile(name)) || readFileSync(stampFile(name), "utf8") !== key;

function stamp(name, key) {
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stampFile(name), key);
}

const say = (text) => process.stderr.write(`${text}\n`);

function fail(text) {
  say(text);
  process.exit(3);
}
