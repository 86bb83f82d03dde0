import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { storeConformance } from "./conformance.ts";
import { openSqliteStore } from "./sqlite.ts";

storeConformance("SQLite", async () => {
  const folder = mkdtempSync(join(tmpdir(), "muster-store-"));
  let store = await openSqliteStore(folder);
  return {
    store,
    reopen: async () => {
      await store.close();
      store = await openSqliteStore(folder);
      return store;
    },
    cleanup: async () => rmSync(folder, { recursive: true, force: true }),
  };
});
