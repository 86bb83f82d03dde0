// Packs the package as npm would publish it and asks publint and attw whether people could use it.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureReady, root, run } from "./setup.mjs";

ensureReady();
const folder = mkdtempSync(join(tmpdir(), "muster-pack-"));
try {
  run("npm", ["pack", "--silent", "--workspace", "packages/muster", "--pack-destination", folder]);
  const [tarball] = readdirSync(folder);
  const bin = (name) => join(root, "node_modules/.bin", name);
  run(bin("publint"), [join(folder, tarball), "--strict"]);
  run(bin("attw"), [
    join(folder, tarball),
    "--profile",
    "esm-only",
    "--exclude-entrypoints",
    "./schema.json",
  ]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
