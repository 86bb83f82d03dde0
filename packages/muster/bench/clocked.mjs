// A command of Muster with a clock that starts after the imports, as the peers' clocks do: for `npm run bench`. What it took
// stands in the last line of standard error.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { main } from "../dist/cli/main.js";

const cli = fileURLToPath(new URL("../dist/cli", import.meta.url));
for (const file of readdirSync(cli)) {
  if (/(^check|^drift|^slices|^profile).*\.js$/.test(file) && !file.includes(".test."))
    await import(pathToFileURL(join(cli, file)));
}
await import("../dist/engine/duckdb/duckdb-engine.js");
const { loadSqlite } = await import("../dist/store/sqlite.js");
await loadSqlite();

const started = performance.now();
const before = process.cpuUsage();
process.exitCode = await main(process.argv.slice(2));
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(before);
const { maxRSS } = process.resourceUsage();
process.stderr.write(`\n${JSON.stringify({ seconds, cpu: (user + system) / 1e6, peak: maxRSS * 1024 })}\n`);
