import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { modelConformance } from "./conformance.ts";
import { memoryRows, memorySlow, rowSignature } from "./fixtures/memory-models.ts";
import { rowInputs } from "./fixtures/tensors.ts";
import { functionModel } from "./function-model.ts";

modelConformance("functionModel", {
  rows: () => Promise.resolve(memoryRows()),
  slow: () => Promise.resolve(memorySlow()),
});

test("an answer that is not what the signature says is a failure of the model", async () => {
  const model = functionModel(rowSignature, () => [
    { name: "sum", datatype: "FP32", shape: [2, 1], data: [] },
  ]);
  await expect(model.run(rowInputs([[1, 2, 3, "a"]]))).rejects.toMatchObject({
    code: "model/failed",
    message: expect.stringContaining('"sum"'),
  });
});

test("the function hears that its caller has gone", async () => {
  let heard = false;
  const model = functionModel(rowSignature, async (_inputs, signal) => {
    await sleep(10_000, undefined, { signal }).catch(() => {
      heard = true;
    });
    return [];
  });
  await expect(model.run(rowInputs([[1, 2, 3, "a"]]), { timeoutMs: 5 })).rejects.toMatchObject({
    code: "model/timeout",
  });
  expect(heard).toBe(true);
});

test("the same function and signature have the same digest, another version another one", () => {
  expect(memoryRows().digest).toBe(memoryRows().digest);
  const named = (version: string) => functionModel(rowSignature, () => [], { version }).digest;
  expect(named("1")).toBe(named("1"));
  expect(named("1")).not.toBe(named("2"));
});
