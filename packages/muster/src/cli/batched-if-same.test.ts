import { expect, test } from "vitest";
import type { Model, RunOptions, Tensor } from "../model/model.ts";
import { MusterError } from "../source/muster-error.ts";
import { batchedIfSame } from "./batched-if-same.ts";

const signature = {
  platform: "test",
  inputs: [{ name: "x", datatype: "FP32", shape: [-1, 1] }],
  outputs: [{ name: "y", datatype: "FP32", shape: [-1, 1] }],
} as const;
const sample: Tensor[] = [{ name: "x", datatype: "FP32", shape: [3, 1], data: new Float32Array([1, 2, 3]) }];

function model(run: Model["run"]): Model {
  return { signature, digest: "sha256:x", bytes: 1, run, close: async () => {} };
}

function terminal(signal = new AbortController().signal) {
  const lines: string[] = [];
  return { signal, err: (line: string): void => void lines.push(line), lines };
}

/** As the port asks of a model: hangs until its caller goes. */
const hangs: Model["run"] = (_inputs, options: RunOptions = {}) =>
  new Promise((_, reject) => {
    options.signal?.addEventListener("abort", () => reject(new MusterError("cancelled", "gone")));
  });

test("a model that answers the same in a batch gets batching, without a word", async () => {
  const same = model(async (inputs) => inputs.map((tensor) => ({ ...tensor, name: "y" })));
  const said = terminal();
  expect(await batchedIfSame(same, sample, said)).not.toBe(same);
  expect(said.lines).toEqual([]);
});

test("one that does not answer made-up rows in time is served alone, and the user is told", async () => {
  const slow = model(hangs);
  const said = terminal();
  expect(await batchedIfSame(slow, sample, said, 30)).toBe(slow);
  expect(said.lines[0]).toContain("did not answer them within 0.03 s");
});

test("one that fails on made-up rows is served alone, and the user is told why", async () => {
  const picky = model(async () => {
    throw new MusterError("model/failed", "index out of bounds");
  });
  const said = terminal();
  expect(await batchedIfSame(picky, sample, said)).toBe(picky);
  expect(said.lines[0]).toContain("index out of bounds");
});

test("Ctrl-C ends the trial", async () => {
  const stop = new AbortController();
  const started = batchedIfSame(model(hangs), sample, terminal(stop.signal));
  stop.abort();
  await expect(started).rejects.toMatchObject({ code: "cancelled" });
});
