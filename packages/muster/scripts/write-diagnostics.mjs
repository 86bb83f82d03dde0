// Writes docs/diagnostics.md from the table of codes: npm run build && node packages/muster/scripts/write-diagnostics.mjs
import { writeFileSync } from "node:fs";
import { diagnosticsPage } from "../dist/spec/diagnostics-page.js";

const target = new URL("../../../docs/diagnostics.md", import.meta.url);
writeFileSync(target, diagnosticsPage());
