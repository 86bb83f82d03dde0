// `npm test`: sets the checkout up if needed and runs all tests; arguments go to vitest (`npm test -- src/stats`).
import { join } from "node:path";
import { ensureReady, root, run } from "./setup.mjs";

ensureReady({ tests: true });
run(process.execPath, [join(root, "node_modules/vitest/vitest.mjs"), "run", ...process.argv.slice(2)]);
