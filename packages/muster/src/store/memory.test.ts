import { storeConformance } from "./conformance.ts";
import { emptyMemory, openMemoryStore } from "./memory.ts";

storeConformance("memory", async () => {
  const rows = emptyMemory();
  return { store: openMemoryStore(rows), reopen: async () => openMemoryStore(rows), cleanup: async () => {} };
});
