import type { InferenceSession, OnnxValue, Tensor as RuntimeTensor } from "onnxruntime-node";
import { MusterError } from "../../source/muster-error.ts";
import { badInput, checkInputs, quoted } from "../check-inputs.ts";
import type { Datatype, ModelSignature, Tensor, TensorSpec } from "../model.ts";
import type { ModelBytes } from "./model-bytes.ts";
import { fromRuntime, type RuntimeValues, toRuntime } from "./runtime-values.ts";

type Runtime = typeof import("onnxruntime-node");
type RuntimeType = RuntimeTensor.Type;

const datatypes: ReadonlyMap<RuntimeType, Datatype> = new Map([
  ["bool", "BOOL"],
  ["uint8", "UINT8"],
  ["uint16", "UINT16"],
  ["uint32", "UINT32"],
  ["uint64", "UINT64"],
  ["int8", "INT8"],
  ["int16", "INT16"],
  ["int32", "INT32"],
  ["int64", "INT64"],
  ["float16", "FP16"],
  ["float32", "FP32"],
  ["float64", "FP64"],
  ["string", "BYTES"],
]);
const runtimeTypes: ReadonlyMap<Datatype, RuntimeType> = new Map(
  [...datatypes].map(([runtimeType, datatype]) => [datatype, runtimeType]),
);

/**
 * A model in this thread. `run` stops the thread until it is done, and nothing but the end of the process can stop
 * `run`: a session belongs into a process of its own (`process-model.ts`). Never in a worker thread: terminating one
 * in a run aborts the whole process.
 */
export class OnnxSession {
  readonly signature: ModelSignature;
  readonly #runtime: Runtime;
  readonly #session: InferenceSession;

  private constructor(runtime: Runtime, session: InferenceSession) {
    this.#runtime = runtime;
    this.#session = session;
    this.signature = {
      platform: "onnx_onnxv1",
      inputs: session.inputMetadata.map((metadata) => specOf("input", metadata)),
      outputs: session.outputMetadata.map((metadata) => specOf("output", metadata)),
    };
  }

  /**
   * Loads the model with the operators that the runtime itself has, and no others. Throws `model/missing-runtime`
   * when onnxruntime-node is not installed and `model/unreadable` for what the runtime cannot load.
   */
  static async open(model: ModelBytes, threads: number): Promise<OnnxSession> {
    const runtime = await loadRuntime();
    let session: InferenceSession;
    try {
      session = await runtime.InferenceSession.create(model.bytes, {
        executionProviders: ["cpu"],
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        executionMode: "sequential",
        // Errors come back as exceptions; warnings would go to a terminal that is not ours.
        logSeverityLevel: 4,
        externalData: model.parts.map((part) => ({ path: part.path, data: part.data })),
      });
    } catch (error) {
      throw new MusterError("model/unreadable", `ONNX Runtime cannot load the model: ${plainReason(error)}`, {
        cause: error,
      });
    }
    try {
      return new OnnxSession(runtime, session);
    } catch (error) {
      await session.release();
      throw error;
    }
  }

  /** All declared outputs in their order; `model/bad-input` and `model/failed` as the port says. */
  async run(inputs: readonly Tensor[]): Promise<readonly Tensor[]> {
    checkInputs(this.signature, inputs);
    const feeds: Record<string, RuntimeTensor> = Object.create(null);
    for (const tensor of inputs) feeds[tensor.name] = this.#toRuntimeTensor(tensor);
    let answer: InferenceSession.OnnxValueMapType;
    try {
      answer = await this.#session.run(feeds, this.#session.outputNames);
    } catch (error) {
      throw new MusterError("model/failed", `The model failed on this input: ${plainReason(error)}`, {
        cause: error,
      });
    }
    return this.signature.outputs.map((spec) => answered(spec, answer[spec.name]));
  }

  async close(): Promise<void> {
    await this.#session.release();
  }

  #toRuntimeTensor(tensor: Tensor): RuntimeTensor {
    const type = runtimeTypes.get(tensor.datatype);
    if (type === undefined) throw badInput(`There is no datatype ${quoted(tensor.datatype)}.`);
    return new this.#runtime.Tensor(type, toRuntime(tensor) as RuntimeTensor.DataType, tensor.shape);
  }
}

function answered(spec: TensorSpec, value: OnnxValue | undefined): Tensor {
  if (value === undefined || datatypes.get(value.type) !== spec.datatype) {
    throw new MusterError(
      "model/failed",
      `The model gave no ${spec.datatype} tensor as ${quoted(spec.name)}.`,
    );
  }
  const { name, datatype } = spec;
  return {
    name,
    datatype,
    shape: value.dims,
    data: fromRuntime(name, datatype, value.data as RuntimeValues),
  };
}

async function loadRuntime(): Promise<Runtime> {
  try {
    return await import("onnxruntime-node");
  } catch (error) {
    throw new MusterError(
      "model/missing-runtime",
      `ONNX models need the package onnxruntime-node, which cannot be loaded: ${plainReason(error)}`,
      { cause: error, hint: "Install it beside Muster: npm install onnxruntime-node@^1.30.0" },
    );
  }
}

function specOf(side: "input" | "output", metadata: InferenceSession.ValueMetadata): TensorSpec {
  const name = metadata.name;
  if (!metadata.isTensor) {
    throw new MusterError("model/unreadable", `The model's ${side} ${quoted(name)} is no tensor.`, {
      hint: "For a classifier of scikit-learn, convert it with the option zipmap=False.",
    });
  }
  const datatype = datatypes.get(metadata.type);
  if (datatype === undefined) {
    throw new MusterError(
      "model/unreadable",
      `The model's ${side} ${quoted(name)} has the type ${metadata.type}, which has no name in the protocol.`,
    );
  }
  return {
    name,
    datatype,
    shape: metadata.shape.map((length) => (typeof length === "number" ? length : -1)),
  };
}

/** The first line of a runtime's message, without the places in its own source, in a bounded length. */
function plainReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const line = message
    .replaceAll(/\/onnxruntime_src\/\S+ /g, "")
    .split("\n")[0]
    ?.trim();
  return (line ?? "").slice(0, 400) || "it gave no reason.";
}
