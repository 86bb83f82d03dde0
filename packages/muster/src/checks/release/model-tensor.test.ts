import { expect, test } from "vitest";
import { decide, modelOf } from "../fixtures/answers.ts";
import { modelTensor, type TensorPromise } from "./model-tensor.ts";

const subject = { side: "inputs", name: "distance" } as const;
const promise: TensorPromise = { datatypes: ["INT64", "INT32"], shape: "column" };
const takes = (datatype: "INT64" | "FP32", shape: number[]) => [
  modelOf({ inputs: [{ name: "distance", datatype, shape }] }),
];

test.each([[[-1, 1]], [[-1]]])("INT64 %j carries an integer", (shape) => {
  expect(decide(modelTensor, subject, promise, takes("INT64", shape)).outcome.kind).toBe("kept");
});

test("a tensor of another type is broken and both types are said", () => {
  expect(decide(modelTensor, subject, promise, takes("FP32", [-1, 1])).outcome).toEqual({
    kind: "broken",
    because: "the model has FP32 [-1, 1], where the contract needs INT64 or INT32",
  });
});

test("a fixed batch, or more than one value a row, is broken", () => {
  expect(decide(modelTensor, subject, promise, takes("INT64", [1, 1])).outcome.kind).toBe("broken");
  expect(decide(modelTensor, subject, promise, takes("INT64", [-1, 3])).outcome.kind).toBe("broken");
});

test("a model without the tensor is broken", () => {
  expect(decide(modelTensor, subject, promise, [modelOf({})]).outcome).toEqual({
    kind: "broken",
    because: "the model has no tensor of that name",
  });
});
