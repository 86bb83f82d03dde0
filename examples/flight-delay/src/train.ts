import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { command, WrongCall } from "./command.ts";
import { bytesDigest } from "./data/file-digest.ts";
import { flightsOf, TRAINING } from "./data/period.ts";
import type { Flights } from "./data/read-flights.ts";
import { CANDIDATES } from "./model/candidates.ts";

/**
 * `train --from 2001-01-01 --to 2001-03-31 --out model.onnx [--model simple]` trains one model, the boosted trees unless
 * told otherwise. Without `--out` both candidates are written to models/, with their digests.
 */
await command(async () => {
  const { values } = parseArgs({
    options: {
      from: { type: "string", default: TRAINING.from },
      to: { type: "string", default: TRAINING.to },
      model: { type: "string", default: "recent" },
      out: { type: "string" },
    },
  });
  for (const text of [values.from, values.to]) {
    if (!isDay(text)) throw new WrongCall(`--from and --to are days such as 2001-01-31, not ${text}`);
  }
  const wanted = values.out === undefined ? [...CANDIDATES.keys()] : [values.model];
  for (const name of wanted) {
    if (CANDIDATES.has(name)) continue;
    throw new WrongCall(`--model is one of ${[...CANDIDATES.keys()].join(", ")}, not ${name}`);
  }

  const flights = await flightsOf({ from: values.from, to: values.to });
  if (new Set(flights.late).size < 2) {
    throw new WrongCall(
      `from ${values.from} to ${values.to} there are ${flights.rows} flights, and training needs late ones and others; ` +
        "data/ holds January to June 2001",
    );
  }
  const digests: Record<string, string> = {};
  for (const name of wanted) {
    const path = values.out ?? fileURLToPath(new URL(`../models/${name}.onnx`, import.meta.url));
    digests[name] = await trainTo(path, name, flights);
  }
  if (values.out === undefined) {
    const path = fileURLToPath(new URL("../models/digests.json", import.meta.url));
    await writeFile(path, `${JSON.stringify(digests, null, 2)}\n`);
  }
});

async function trainTo(path: string, name: string, flights: Flights): Promise<string> {
  const started = performance.now();
  const bytes = CANDIDATES.get(name)?.(flights).bytes ?? new Uint8Array();
  await mkdir(dirname(resolve(path)), { recursive: true });
  await writeFile(path, bytes);
  const digest = bytesDigest(bytes);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${name}: ${flights.rows} flights, ${bytes.length} bytes, ${seconds} s, ${digest}`);
  return digest;
}

function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
