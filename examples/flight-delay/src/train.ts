import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { bytesDigest } from "./data/file-digest.ts";
import { flightsOf, TRAINING } from "./data/period.ts";
import { CANDIDATES } from "./model/candidates.ts";

/**
 * `train --from 2001-01-01 --to 2001-03-31 --out model.onnx [--model simple]` trains one model, the boosted trees unless
 * told otherwise. Without `--out` both candidates are written to models/, with their digests.
 */
const { values } = parseArgs({
  options: {
    from: { type: "string", default: TRAINING.from },
    to: { type: "string", default: TRAINING.to },
    model: { type: "string", default: "recent" },
    out: { type: "string" },
  },
});
const day = /^\d{4}-\d{2}-\d{2}$/;
if (!day.test(values.from) || !day.test(values.to)) stop("--from and --to are days, for example 2001-01-01");
const wanted = values.out === undefined ? [...CANDIDATES.keys()] : [values.model];
for (const name of wanted) {
  if (!CANDIDATES.has(name)) stop(`--model is one of ${[...CANDIDATES.keys()].join(", ")}, not ${name}`);
}

const flights = await flightsOf({ from: values.from, to: values.to });
if (flights.rows === 0)
  stop(`no flights from ${values.from} to ${values.to} in data/ (January to June 2001)`);
const digests: Record<string, string> = {};
for (const name of wanted) {
  const started = performance.now();
  const bytes = CANDIDATES.get(name)?.(flights).bytes ?? new Uint8Array();
  const path = values.out ?? fileURLToPath(new URL(`../models/${name}.onnx`, import.meta.url));
  await mkdir(dirname(resolve(path)), { recursive: true });
  await writeFile(path, bytes);
  digests[name] = bytesDigest(bytes);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${name}: ${flights.rows} flights, ${bytes.length} bytes, ${seconds} s, ${digests[name]}`);
}
if (values.out === undefined) {
  const path = fileURLToPath(new URL("../models/digests.json", import.meta.url));
  await writeFile(path, `${JSON.stringify(digests, null, 2)}\n`);
}

function stop(message: string): never {
  console.error(message);
  process.exit(2);
}
