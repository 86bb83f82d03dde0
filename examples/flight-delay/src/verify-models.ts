import { readFile } from "node:fs/promises";
import { CANDIDATES, digestOf, flightsOf, TRAINING } from "./model/build.ts";

/** Trains both candidates again and compares them, and the committed files, with models/digests.json. */
const models = new URL("../models/", import.meta.url);
const promised = JSON.parse(await readFile(new URL("digests.json", models), "utf8")) as Record<string, string>;
const flights = await flightsOf(TRAINING);
for (const [name, train] of CANDIDATES) {
  const committed = digestOf(await readFile(new URL(`${name}.onnx`, models)));
  const trained = digestOf(train(flights));
  const equal = committed === promised[name] && trained === promised[name];
  console.log(`${name}: ${equal ? "reproduced" : "DIFFERENT"}`);
  if (!equal) {
    console.log(`  promised  ${promised[name]}\n  committed ${committed}\n  trained   ${trained}`);
    process.exitCode = 1;
  }
}
