import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, expect, test, vi } from "vitest";
import { runDuckDb } from "../src/engine/duckdb/fixtures/write-parquet.ts";

const page = readFileSync(new URL("../../../docs/library.md", import.meta.url), "utf8");
const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

/** The first block of the page in a language. */
function block(language: string): string {
  const [, text] = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page) ?? [];
  if (text === undefined) throw new Error(`the page has no block of ${language}`);
  return text;
}

const folder = await mkdtemp(join(tmpdir(), "muster-library-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

test("the example of the page runs as it stands there, and prints what the page says", async () => {
  const data = join(folder, "predictions.parquet");
  const table = (name: string): string =>
    fileURLToPath(new URL(`./fixtures/california-housing/california-${name}.parquet`, import.meta.url));
  await runDuckDb(
    `COPY (SELECT *, CASE WHEN Latitude >= 36 THEN 'north' ELSE 'south' END AS region
           FROM '${table("analysis")}' JOIN '${table("analysis-labels")}' USING (id)) TO '${data}' (FORMAT parquet)`,
  );
  const source = (name: string): string => new URL(`../src/${name}.ts`, import.meta.url).pathname;
  const code = block("js")
    .replace('"muster-ml"', JSON.stringify(source("index")))
    .replace('"muster-ml/node"', JSON.stringify(source("node")))
    .replace('"predictions.parquet"', JSON.stringify(data));
  const file = join(folder, "example.ts");
  await writeFile(file, code);
  const printed: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((line: unknown) => void printed.push(String(line)));
  try {
    await import(/* @vite-ignore */ pathToFileURL(file).href);
  } finally {
    log.mockRestore();
  }
  expect(`${printed.join("\n")}\n`).toBe(block("text"));
});

test("what the page imports is what the package exports", () => {
  expect(manifest.exports["."]).toMatchObject({ default: "./dist/index.js" });
  expect(manifest.exports["./node"]).toMatchObject({ default: "./dist/node.js" });
});

test("every name of the page's table is exported by the entry point in its row", async () => {
  const rows = Array.from(page.matchAll(/^\| `(muster-ml[^`]*)` \| (.*) \|.*\|$/gm));
  expect(rows).toHaveLength(2);
  for (const [, entry, names = ""] of rows) {
    const own: Readonly<Record<string, unknown>> =
      entry === "muster-ml" ? await import("../src/index.ts") : await import("../src/node.ts");
    for (const [, name = ""] of names.matchAll(/`(\w+)`/g))
      expect(own[name], `${entry}: ${name}`).toBeDefined();
  }
});
