import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { storeConformance } from "./conformance.ts";
import { loadSqlite, openSqliteStore } from "./sqlite.ts";

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

it("says what to install where SQLite's native part is missing", async () => {
  const missing = () => Promise.reject(new Error("Cannot find module '@libsql/linux-riscv64-gnu'"));
  await expect(loadSqlite(missing)).rejects.toMatchObject({
    name: "MusterError",
    code: "store/failed",
    message: expect.stringContaining(process.platform),
    hint: expect.stringContaining("--omit=optional"),
  });
});
