import { engineConformance } from "../conformance.ts";
import type { Engine } from "../engine.ts";
import { MemoryEngine } from "./memory-engine.ts";
import type { MemoryTable } from "./memory-table.ts";

engineConformance("Memory", async () => {
  const tables = new Map<string, MemoryTable>();
  let inner = MemoryEngine.of({});
  // Loading after opening is for tests alone, so the tables are gathered here and the engine made anew.
  const engine: Engine = {
    attach: (...given) => inner.attach(...given),
    info: (table) => inner.info(table),
    digest: (table) => inner.digest(table),
    aggregate: (...given) => inner.aggregate(...given),
    explain: (...given) => inner.explain(...given),
    statistics: (...given) => inner.statistics(...given),
    overlap: (...given) => inner.overlap(...given),
    ask: (...given) => inner.ask(...given),
    scan: (...given) => inner.scan(...given),
    sample: (...given) => inner.sample(...given),
    widen: (...given) => inner.widen(...given),
    project: (...given) => inner.project(...given),
    write: (table, path) => inner.write(table, path),
    close: () => inner.close(),
  };
  return {
    engine,
    address: (table) => table,
    async load(table, rows) {
      tables.set(table, rows);
      inner = MemoryEngine.of(Object.fromEntries(tables));
    },
  };
});
