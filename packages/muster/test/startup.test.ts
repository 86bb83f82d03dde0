import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { muster } from "./fixtures/muster.ts";
import { toyProject } from "./fixtures/toy-project.ts";

const project = toyProject();

/** The files that a command loaded: V8 writes them down when it is asked for coverage. */
async function loadedBy(...args: string[]): Promise<readonly string[]> {
  const folder = project.path(`coverage-${args[0]}`);
  await muster(args, project.folder, { NODE_V8_COVERAGE: folder });
  return readdirSync(folder).flatMap((file) =>
    (JSON.parse(readFileSync(join(folder, file), "utf8")).result as { url: string }[]).map((s) => s.url),
  );
}

test("lint loads no database, no model, no gateway and no page: it is run at every save", async () => {
  const loaded = await loadedBy("lint");
  expect(loaded.some((url) => url.endsWith("dist/spec/parse.js"))).toBe(true);
  const needless = loaded.filter((url) =>
    /node_modules\/(@duckdb|libsql|@libsql|kysely|onnx)|dist\/(engine|store|model|gateway|gate|report\/html)\//.test(
      url,
    ),
  );
  expect(needless).toEqual([]);
});

test("check loads neither the gateway nor what serves", async () => {
  const loaded = await loadedBy("check", "--model", project.good);
  expect(loaded.some((url) => url.endsWith("dist/evaluate/evaluate.js"))).toBe(true);
  expect(loaded.filter((url) => url.includes("dist/gateway/"))).toEqual([]);
});
