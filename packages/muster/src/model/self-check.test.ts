import { expect, test } from "vitest";
import { memoryRows, rowAnswers, rowSignature } from "./fixtures/memory-models.ts";
import { rowInputs } from "./fixtures/tensors.ts";
import { functionModel } from "./function-model.ts";
import type { Tensor } from "./model.ts";
import { selfCheck } from "./self-check.ts";

const sample = rowInputs(
  Array.from({ length: 17 }, (_, row) => [row / 3, row, row % 10, `label ${row}`] as const),
);

/** The row model, with its output `sum` changed in batches of more than one row. */
function changedInBatches(change: (sum: Float32Array) => void) {
  return functionModel(rowSignature, (inputs): readonly Tensor[] => {
    const outputs = rowAnswers(inputs);
    const sum = outputs[0]?.data;
    if (sum instanceof Float32Array && sum.length > 1) change(sum);
    return outputs;
  });
}

test("a model that treats each row alike is found identical", async () => {
  expect(await selfCheck(memoryRows(), sample)).toEqual({ identical: true, maxDifference: 0, rows: 17 });
});

test("a model whose rows depend on their company is found, with the largest difference", async () => {
  const model = changedInBatches((sum) => sum.set([sum[0] === undefined ? 0 : sum[0] + 0.5]));
  expect(await selfCheck(model, sample)).toEqual({ identical: false, maxDifference: 0.5, rows: 17 });
});

test("a zero that changes its sign is a difference of 0, and not identical", async () => {
  const model = changedInBatches((sum) => sum.set([-0]));
  const zeros = rowInputs([
    [0, 0, 1, "a"],
    [1, 1, 1, "b"],
  ]);
  expect(await selfCheck(model, zeros)).toEqual({ identical: false, maxDifference: 0, rows: 2 });
});

test("a NaN on one side only is an infinite difference", async () => {
  const model = changedInBatches((sum) => sum.set([Number.NaN]));
  expect((await selfCheck(model, sample)).maxDifference).toBe(Number.POSITIVE_INFINITY);
});

test("a sample of one row, which would prove nothing, is refused", async () => {
  await expect(selfCheck(memoryRows(), rowInputs([[1, 2, 3, "a"]]))).rejects.toMatchObject({
    code: "model/bad-input",
  });
});
