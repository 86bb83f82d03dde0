import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { engineConformance } from "../conformance.ts";
import { DuckDbEngine } from "./duckdb-engine.ts";
import { writeParquet } from "./fixtures/write-parquet.ts";

const folder = await mkdtemp(join(tmpdir(), "muster-test-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

engineConformance("DuckDB", async () => {
  const engine = await DuckDbEngine.open({ threads: 2 });
  let files = 0;
  return {
    engine,
    async load(table, rows) {
      const path = join(folder, `${++files}.parquet`);
      await writeParquet(path, rows);
      await engine.attach(table, path);
    },
  };
});
