import { MusterError } from "../../source/muster-error.ts";
import { checkInputs } from "../check-inputs.ts";
import type { Model, ModelHealth, ModelSignature, RunOptions, Tensor } from "../model.ts";
import { sizeOfModel } from "./model-bytes.ts";
import { type Limits, ModelPool } from "./model-pool.ts";
import { ModelProcess } from "./model-process.ts";
import { readModel } from "./read-model.ts";
import { bytesOf } from "./tensor-packet.ts";

export interface OnnxModelOptions {
  /** Processes that run the model side by side, each with its own copy of it. Default 1. */
  readonly processes?: number;
  /** Threads that one run may use. Default 1: for the small models of tables more threads only add waiting. */
  readonly threads?: number;
  /**
   * Milliseconds for which a run may go on after its caller has gone (late or aborted); then its process is killed
   * and replaced. Default: four times the run's `timeoutMs`, at least 1000.
   */
  readonly killAfterMs?: number;
  /** `sha256:` that the model must have; anything else is `model/unreadable`. */
  readonly expectedDigest?: string;
  /** Largest model in bytes, with weights in files of their own. Default 2 GiB. */
  readonly maxBytes?: number;
  /** What may wait for a free process, in runs and in bytes. Defaults 1024 and 256 MiB. */
  readonly maxQueuedRuns?: number;
  readonly maxQueuedBytes?: number;
  /** What a process gets to load the model. Default 60,000 ms. */
  readonly loadTimeoutMs?: number;
  /** Ends the opening with `cancelled`; once the model is open it has no effect. */
  readonly signal?: AbortSignal;
}

/**
 * Opens an ONNX file. The model lives in child processes, because a run cannot be stopped from outside and may take
 * its process with it: so a deadline fires on time whatever the model does, and a crash costs nobody but its own run.
 * The file is read once; what was hashed is what every process loads, now and after a crash.
 *
 * A run whose process dies before it answers is tried once more (predictions have no effects). Beyond what may wait,
 * runs are refused with `model/failed`, for which `isOverloaded` is true. An open model keeps no program alive.
 *
 * Throws `model/unreadable` (not there, not ONNX, too large, not the expected digest, does not load) and
 * `model/missing-runtime`, and `cancelled`.
 */
export async function openOnnxModel(path: string, options: OnnxModelOptions = {}): Promise<Model> {
  const processes = whole("processes", options.processes ?? 1, 1, 64);
  const limits: Limits = {
    killAfterMs:
      options.killAfterMs === undefined
        ? undefined
        : whole("killAfterMs", options.killAfterMs, 0, 2 ** 31 - 1),
    queuedRuns: whole("maxQueuedRuns", options.maxQueuedRuns ?? 1024, 0, 2 ** 31 - 1),
    queuedBytes: whole("maxQueuedBytes", options.maxQueuedBytes ?? 256 * 2 ** 20, 0, Number.MAX_SAFE_INTEGER),
  };
  const startOptions = {
    threads: whole("threads", options.threads ?? 1, 1, 256),
    loadTimeoutMs: whole("loadTimeoutMs", options.loadTimeoutMs ?? 60_000, 1, 2 ** 31 - 1),
  };
  const model = await readModel(
    path,
    whole("maxBytes", options.maxBytes ?? 2 * 2 ** 30, 1, Number.MAX_SAFE_INTEGER),
  );
  const { digest } = model;
  if (options.expectedDigest !== undefined && options.expectedDigest !== digest) {
    throw new MusterError(
      "model/unreadable",
      `${path} is ${digest}, but ${options.expectedDigest} was expected.`,
      {
        hint: "The file was changed or exchanged after it was released: restore it, or release it as a new version.",
      },
    );
  }
  const start = (signal?: AbortSignal): Promise<ModelProcess> =>
    ModelProcess.start(model, { ...startOptions, digest, signal });
  const { signal } = options;
  if (signal?.aborted) throw new MusterError("cancelled", "Opening the model was cancelled.");
  const started = await startAll(() => start(signal), processes, path);
  const pool = new ModelPool(started, () => start(), limits);
  return new ProcessModel(started[0].signature, digest, sizeOfModel(model), pool);
}

class ProcessModel implements Model {
  readonly signature: ModelSignature;
  readonly digest: string;
  readonly bytes: number;
  readonly #pool: ModelPool;

  constructor(signature: ModelSignature, digest: string, bytes: number, pool: ModelPool) {
    this.signature = signature;
    this.digest = digest;
    this.bytes = bytes;
    this.#pool = pool;
  }

  async run(inputs: readonly Tensor[], options: RunOptions = {}): Promise<readonly Tensor[]> {
    checkInputs(this.signature, inputs);
    return this.#pool.run(
      inputs,
      inputs.reduce((sum, tensor) => sum + bytesOf(tensor), 0),
      options,
    );
  }

  health(): ModelHealth {
    return this.#pool.health();
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

async function startAll(
  start: () => Promise<ModelProcess>,
  count: number,
  path: string,
): Promise<[ModelProcess, ...ModelProcess[]]> {
  // One at first: a model that cannot be loaded should fail once, not once a process.
  const first = await start().catch((caught: unknown) => {
    const { code, message, hint } = MusterError.from(caught, "model/unreadable");
    if (code === "cancelled") throw caught;
    throw new MusterError(code, `${path}: ${message}`, hint === undefined ? {} : { hint });
  });
  const others = await Promise.allSettled(Array.from({ length: count - 1 }, () => start()));
  const failed = others.find((end) => end.status === "rejected");
  const running = others.flatMap((end) => (end.status === "fulfilled" ? [end.value] : []));
  if (failed === undefined) return [first, ...running];
  await Promise.all([first, ...running].map((process) => process.end()));
  throw MusterError.from(failed.reason, "model/unreadable");
}

function whole(name: string, value: number, low: number, high: number): number {
  if (Number.isSafeInteger(value) && value >= low && value <= high) return value;
  throw new MusterError(
    "call/bad-argument",
    `${name} must be a whole number from ${low} to ${high}, not ${value}.`,
  );
}
