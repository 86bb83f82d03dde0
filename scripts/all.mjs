// `npm run all`: everything that a change has to pass, in the order of how fast it fails.
import { ensureReady, run } from "./setup.mjs";

ensureReady({ tests: true });
for (const step of ["lint", "layers", "dead-code", "test", "pack-check"]) {
  process.stdout.write(`\n== ${step}\n`);
  run("npm", ["run", "--silent", step]);
}
process.stdout.write("\nAll passed.\n");
