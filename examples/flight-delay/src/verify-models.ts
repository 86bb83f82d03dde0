import { readFile } from "node:fs/promises";
import { command } from "./command.ts";
import { bytesDigest } from "./data/file-digest.ts";
import { EVALUATION, flightsOf, TRAINING } from "./data/period.ts";
import { scoreOnnx } from "./measure/onnx-scorer.ts";
import { CANDIDATES } from "./model/candidates.ts";

/**
 * Trains both candidates again. They must be the committed files to the byte, and the files must score April as the
 * TypeScript that trained them does.
 */
const models = new URL("../models/", import.meta.url);
await command(async () => {
  const promised = JSON.parse(await readFile(new URL("digests.json", models), "utf8")) as Record<
    string,
    string
  >;
  const training = await flightsOf(TRAINING);
  const april = await flightsOf(EVALUATION);
  for (const [name, train] of CANDIDATES) {
    const { bytes, score } = train(training);
    const committed = await readFile(new URL(`${name}.onnx`, models));
    const digests = new Set([promised[name], bytesDigest(committed), bytesDigest(bytes)]);
    const ours = score(april);
    const { scores } = await scoreOnnx(committed, april, { batch: 8192, threads: 1 });
    const difference = scores.reduce(
      (most, p, row) => Math.max(most, Math.abs(p - (ours[row] ?? Number.NaN))),
      0,
    );
    const good = digests.size === 1 && difference < 1e-6;
    if (!good) process.exitCode = 1;
    console.log(`${name}: ${digests.size === 1 ? "reproduced" : `DIFFERENT ${[...digests].join(" ")}`}`);
    console.log(
      `  April scored by the file and by TypeScript differs by at most ${difference.toExponential(1)}`,
    );
  }
});
