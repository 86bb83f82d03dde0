import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { invariant } from "../../source/muster-error.ts";

/**
 * The file that a model's process runs. A child is plain Node, which on Node 20 cannot run TypeScript: from the
 * built package it is the neighbour of this file, and when this file itself runs as TypeScript (in tests) it is the
 * same file in `dist`, which `tsc -b` must have made before.
 */
export function childEntry(): string {
  const here = import.meta.url;
  const built = here.endsWith(".ts") ? here.replace(/\/src\/(model\/onnx\/[^/]+)\.ts$/, "/dist/$1.js") : here;
  const entry = fileURLToPath(new URL("./child-main.js", built));
  invariant(
    existsSync(entry),
    `the program of a model's process is not there (${entry}); run "npm run build"`,
  );
  return entry;
}
