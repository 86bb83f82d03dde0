import { describe, expect, test } from "vitest";
import type { ModelSignature } from "../model/model.ts";
import type { ContractSection } from "../spec/contract-section.ts";
import {
  always,
  ample,
  byDistance,
  memoryModel,
  post,
  type Run,
  row,
  signature,
  withoutFallback,
} from "./fixtures/flights.ts";
import { serveChanged } from "./fixtures/serve.ts";

describe("the output guard", () => {
  test.each([
    ["a number out of range", always(1.5), "outside of [0, 1]"],
    ["NaN", always(Number.NaN), "is not finite"],
    ["two values for one row", always(0.1, 0.2), "2 values for 1 rows"],
    ["no output at all", (async () => []) as Run, "left it out"],
  ])("%s is never surfaced", async (_name, run, because) => {
    const { url, journal } = await serveChanged(run, withoutFallback);
    const reply = await post(`${url}/predict`, row);
    expect(reply.status).toBe(500);
    expect(reply.body.code).toBe("output/broken");
    expect(reply.body.error).toContain(because);
    const [, record] = await journal();
    expect(record).toMatchObject({ kind: "refusal", code: "output/broken", status: 500 });
  });

  test("the fallback answers instead where the spec has one, for the broken row only", async () => {
    const { url } = await serveChanged(async (inputs) => {
      const [late] = await byDistance(inputs);
      const data = Float32Array.from((late?.data ?? []) as Float32Array);
      data[1] = 7;
      return late === undefined ? [] : [{ ...late, data }];
    });
    const reply = await post(`${url}/predict`, [row, row, row]);
    expect(reply.body.predictions.map((one: { policy: string }) => one.policy)).toEqual([
      "model",
      "fallback",
      "model",
    ]);
    expect(reply.body.predictions[1].reason).toBe("output_broken");
  });

  test("a model that fails is answered for by the fallback, else by a 503", async () => {
    const fails: Run = async () => {
      throw new Error("secret /path/to/model");
    };
    const problems: string[] = [];
    const report = (problem: Error): void => void problems.push(problem.message);
    const { url } = await serveChanged(fails, {}, ample, { report });
    expect((await post(`${url}/predict`, row)).body).toMatchObject({
      policy: "fallback",
      reason: "model_failed",
    });
    const bare = await serveChanged(fails, withoutFallback);
    const reply = await post(`${bare.url}/predict`, row);
    expect(reply.status).toBe(503);
    expect(JSON.stringify(reply.body)).not.toContain("secret");
  });
});

test("labels, embeddings and several outputs are guarded and answered by name, in both protocols", async () => {
  const outputs: ContractSection["outputs"] = [
    { name: "kind", type: "label", values: ["early", "late"] },
    { name: "vector", type: "embedding", range: [-1, 1] },
    { name: "risk", type: "score", decide: { at: 5, positive: "hold", negative: "go" } },
    { name: "late", type: "probability", decide: { at: 0.5, positive: "late", negative: "on_time" } },
  ];
  const several: ModelSignature = {
    ...signature,
    outputs: [
      { name: "kind", datatype: "BYTES", shape: [-1] },
      { name: "vector", datatype: "FP32", shape: [-1, 2] },
      { name: "risk", datatype: "INT64", shape: [-1] },
      { name: "late", datatype: "FP64", shape: [-1, 1] },
    ],
  };
  let kinds = ["early", "late"];
  const run: Run = async () => [
    { name: "late", datatype: "FP64", shape: [2, 1], data: new Float64Array([0.1, 0.9]) },
    { name: "kind", datatype: "BYTES", shape: [2], data: kinds },
    { name: "vector", datatype: "FP32", shape: [2, 2], data: new Float32Array([0.5, -0.5, 0.25, 1]) },
    { name: "risk", datatype: "INT64", shape: [2], data: new Float64Array([4, 5]) },
  ];
  const changes = { ...withoutFallback, outputs };
  const { url } = await serveChanged(run, changes, ample, { model: memoryModel(run, several) });
  const plain = await post(`${url}/predict`, [row, row]);
  expect(
    plain.body.predictions.map((one: { outputs: object; decision: object }) => [one.outputs, one.decision]),
  ).toEqual([
    [
      { kind: "early", vector: [0.5, -0.5], risk: 4, late: 0.1 },
      { risk: "go", late: "on_time" },
    ],
    [
      { kind: "late", vector: [0.25, 1], risk: 5, late: 0.9 },
      { risk: "hold", late: "late" },
    ],
  ]);
  const inputs = [
    { name: "origin", datatype: "BYTES", shape: [2], data: ["ORD", "ORD"] },
    { name: "departure", datatype: "INT64", shape: [2], data: [0, 0] },
  ];
  const infer = `${url}/v2/models/flight-delay/infer`;
  const oip = await post(infer, { inputs, outputs: [{ name: "vector" }, { name: "kind" }] });
  expect(oip.body.outputs).toEqual([
    { name: "vector", datatype: "FP32", shape: [2, 2], data: [0.5, -0.5, 0.25, 1] },
    { name: "kind", datatype: "BYTES", shape: [2], data: ["early", "late"] },
  ]);
  kinds = ["early", "unheard-of"];
  expect((await post(`${url}/predict`, [row, row])).body.code).toBe("output/broken");
});
