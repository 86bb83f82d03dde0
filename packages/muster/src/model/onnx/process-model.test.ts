import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { batching } from "../batching.ts";
import { ENDLESS, modelConformance } from "../conformance.ts";
import { externalModel, mapModel, rowModel, slowModel } from "../fixtures/conformance-models.ts";
import { attribute, onnxModel, type ValueInfo } from "../fixtures/onnx-graph.ts";
import { scratchFolder } from "../fixtures/scratch-folder.ts";
import { rowInputs, turns, valuesOf } from "../fixtures/tensors.ts";
import { sequence, treeModel } from "../fixtures/tree-model.ts";
import type { Datatype, Tensor, TensorData } from "../model.ts";
import { selfCheck } from "../self-check.ts";
import { openOnnxModel } from "./process-model.ts";

const scratch = scratchFolder();

modelConformance("openOnnxModel", {
  rows: async () => openOnnxModel(await scratch.write("rows.onnx", rowModel())),
  slow: async () => openOnnxModel(await scratch.write("slow.onnx", slowModel()), { killAfterMs: 50 }),
});

modelConformance("batching over openOnnxModel", {
  rows: async () => batching(await openOnnxModel(await scratch.write("rows.onnx", rowModel()))),
  slow: async () =>
    batching(await openOnnxModel(await scratch.write("slow.onnx", slowModel()), { killAfterMs: 50 })),
});

const datatypes: readonly (readonly [Datatype, TensorData])[] = [
  ["BOOL", Int32Array.of(0, 1)],
  ["UINT8", Int32Array.of(0, 255)],
  ["UINT16", Int32Array.of(0, 65_535)],
  ["UINT32", Float64Array.of(0, 2 ** 32 - 1)],
  ["UINT64", Float64Array.of(0, 2 ** 53 - 1)],
  ["INT8", Int32Array.of(-128, 127)],
  ["INT16", Int32Array.of(-32_768, 32_767)],
  ["INT32", Int32Array.of(-(2 ** 31), 2 ** 31 - 1)],
  ["INT64", Float64Array.of(-(2 ** 53) + 1, 2 ** 53 - 1)],
  ["FP16", Float32Array.of(-65_504, 2 ** -24)],
  ["FP32", Float32Array.of(Number.NaN, 0.1)],
  ["FP64", Float64Array.of(Number.NEGATIVE_INFINITY, 0.1)],
  ["BYTES", ["", "é 🙂"]],
];

describe("an ONNX model", () => {
  test("takes and gives every datatype of the protocol, also without a row", async () => {
    const info = (prefix: string) =>
      datatypes.map(
        ([datatype]): ValueInfo => ({ name: `${prefix}_${datatype}`, datatype, shape: ["rows"] }),
      );
    const node = datatypes.map(([datatype]) => ({
      opType: "Identity",
      input: [`in_${datatype}`],
      output: [`out_${datatype}`],
    }));
    const path = await scratch.write("identity.onnx", onnxModel(info("in"), info("out"), { node }));
    const model = await openOnnxModel(path);
    const inputs = datatypes.map(
      ([datatype, data]): Tensor => ({ name: `in_${datatype}`, datatype, shape: [2], data }),
    );
    const outputs = await model.run(inputs);
    expect(outputs).toEqual(inputs.map((tensor) => ({ ...tensor, name: tensor.name.replace("in", "out") })));
    const none = inputs.map((tensor): Tensor => ({ ...tensor, shape: [0], data: tensor.data.slice(0, 0) }));
    expect((await model.run(none)).map((tensor) => tensor.data.length)).toEqual(datatypes.map(() => 0));
    await model.close();
  });

  test("rounds halves as the runtime itself does", async () => {
    const path = await scratch.write(
      "half.onnx",
      onnxModel(
        [
          { name: "single", datatype: "FP32", shape: ["rows"] },
          { name: "half", datatype: "FP16", shape: ["rows"] },
        ],
        [
          { name: "theirs", datatype: "FP16", shape: ["rows"] },
          { name: "ours", datatype: "FP16", shape: ["rows"] },
        ],
        {
          node: [
            { opType: "Cast", input: ["single"], output: ["theirs"], attribute: [attribute("to", "i", 10)] },
            { opType: "Identity", input: ["half"], output: ["ours"] },
          ],
        },
      ),
    );
    const model = await openOnnxModel(path);
    const next = sequence();
    const data = Float32Array.from({ length: 20_000 }, () => (next() - 0.5) * 2 ** (40 * next() - 24));
    const shape = [data.length];
    const outputs = await model.run([
      { name: "single", datatype: "FP32", shape, data },
      { name: "half", datatype: "FP16", shape, data },
    ]);
    expect(valuesOf(outputs, "ours")).toEqual(valuesOf(outputs, "theirs"));
    await model.close();
  });

  test("of trees answers the same bits for a row alone as in a batch, and one process as another", async () => {
    const { bytes, airports } = treeModel(60, 6, 300);
    const path = await scratch.write("trees.onnx", bytes);
    const model = await openOnnxModel(path, { processes: 2 });
    const next = sequence();
    const shape = [100, 1];
    const airport = () => Array.from({ length: 100 }, () => airports[Math.floor(next() * 310)] ?? "unknown");
    const floats = () => Float32Array.from({ length: 100 }, () => 5 * next());
    const sample: readonly Tensor[] = [
      { name: "origin", datatype: "BYTES", shape, data: airport() },
      { name: "destination", datatype: "BYTES", shape, data: airport() },
      {
        name: "departure",
        datatype: "INT64",
        shape,
        data: Float64Array.from({ length: 100 }, () => Math.floor(1440 * next())),
      },
      { name: "distance", datatype: "FP32", shape, data: floats() },
      { name: "wind", datatype: "FP32", shape, data: floats() },
      { name: "load", datatype: "FP32", shape, data: floats() },
    ];
    expect(await selfCheck(model, sample)).toEqual({ identical: true, maxDifference: 0, rows: 100 });
    const [first, second] = await Promise.all([model.run(sample), model.run(sample)]);
    expect(first).toEqual(second);
    expect(new Set(valuesOf(first, "late")).size).toBeGreaterThan(50);
    await model.close();
  });

  test("keeps answering from what was read when its file is exchanged, and a pinned digest refuses the exchange", async () => {
    const path = await scratch.write("exchanged.onnx", rowModel());
    const model = await openOnnxModel(path);
    await scratch.write("exchanged.onnx", slowModel());
    await expect(openOnnxModel(path, { expectedDigest: model.digest })).rejects.toMatchObject({
      code: "model/unreadable",
      message: expect.stringContaining(`but ${model.digest} was expected`),
    });
    expect(valuesOf(await model.run(rowInputs([[1, 2, 3, "a"]])), "sum")).toEqual([3]);
    await model.close();
  });

  test("with weights in a file beside it runs with these", async () => {
    const path = await scratch.write("external.onnx", externalModel("w.bin"));
    await scratch.write("w.bin", new Uint8Array(new Float32Array([10, 20]).buffer));
    const model = await openOnnxModel(path);
    const x: Tensor = { name: "x", datatype: "FP32", shape: [1, 2], data: Float32Array.of(1, 2) };
    expect(valuesOf(await model.run([x]), "y")).toEqual([11, 22]);
    await model.close();
  });

  test.each<[string, Uint8Array | string, RegExp]>([
    ["text", "no model", /not an ONNX model/],
    ["a model cut in the middle", rowModel().subarray(0, 300), /only a part of one/],
    ["a model cut at its end", rowModel().subarray(0, -4), /only a part of one|ONNX Runtime cannot load/],
    [
      "an operator that the runtime has not",
      onnxModel(
        [{ name: "x", datatype: "FP32", shape: [1] }],
        [{ name: "y", datatype: "FP32", shape: [1] }],
        {
          node: [{ opType: "Steal", domain: "evil.custom", input: ["x"], output: ["y"] }],
        },
      ),
      /ONNX Runtime cannot load the model: .*(Steal|evil\.custom)/,
    ],
    ["an output that is no tensor", mapModel(), /output "probabilities" is no tensor/],
  ])("%s cannot be opened, for a plain reason", async (_what, content, message) => {
    const path = await scratch.write("broken.onnx", content);
    await expect(openOnnxModel(path)).rejects.toMatchObject({
      name: "MusterError",
      code: "model/unreadable",
      message: expect.stringMatching(message),
    });
    await expect(openOnnxModel(path)).rejects.toMatchObject({
      message: expect.stringContaining("broken.onnx"),
    });
  });

  test("opening can be cancelled, and an open model does not hear of it any more", async () => {
    const path = await scratch.write("rows.onnx", rowModel());
    await expect(openOnnxModel(path, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "cancelled",
    });
    await expect(openOnnxModel(path, { signal: AbortSignal.timeout(20) })).rejects.toMatchObject({
      code: "cancelled",
    });
    const controller = new AbortController();
    const model = await openOnnxModel(path, { signal: controller.signal });
    controller.abort();
    expect(valuesOf(await model.run(rowInputs([[1, 2, 3, "a"]])), "sum")).toEqual([3]);
    await model.close();
  });

  test("options that make no sense are a wrong call", async () => {
    const path = await scratch.write("rows.onnx", rowModel());
    for (const options of [
      { processes: 0 },
      { threads: 1.5 },
      { killAfterMs: -1 },
      { maxBytes: Number.NaN },
    ]) {
      await expect(openOnnxModel(path, options)).rejects.toMatchObject({ code: "call/bad-argument" });
    }
  });

  test("deadlines fire within milliseconds of a plain timer while the model is busy", async () => {
    const model = await openOnnxModel(await scratch.write("slow.onnx", slowModel()));
    const busy = new AbortController();
    const endless = expect(model.run(turns(ENDLESS), busy)).rejects.toMatchObject({ code: "cancelled" });
    const behind: number[] = [];
    for (const timeoutMs of [5, 10, 15, 20, 25, 30, 35]) {
      const timer = sleep(timeoutMs).then(() => performance.now());
      await expect(model.run(turns(1), { timeoutMs })).rejects.toMatchObject({ code: "model/timeout" });
      behind.push(performance.now() - (await timer));
    }
    expect(behind.sort((a, b) => a - b)[3]).toBeLessThan(5);
    busy.abort();
    await endless;
    await model.close();
  });
});
