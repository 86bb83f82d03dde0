// The program of a model's process: loads one model, then answers runs until its parent goes.
import { Worker } from "node:worker_threads";
import { MusterError } from "../../source/muster-error.ts";
import type { FromChild, ToChild } from "./child-protocol.ts";
import { digestOfModel, type ModelBytes } from "./model-bytes.ts";
import { OnnxSession } from "./onnx-session.ts";
import { pack, unpack } from "./tensor-packet.ts";

/** Gathers the chunks of the model's files, in a memory of the size that was announced. */
class Arrival {
  readonly threads: number;
  readonly #digest: string;
  readonly #files: readonly { readonly path: string; readonly data: Uint8Array }[];
  #file = 0;
  #filled = 0;

  constructor(load: Extract<ToChild, { kind: "load" }>) {
    this.threads = load.threads;
    this.#digest = load.digest;
    this.#files = load.files.map(({ path, bytes }) => ({ path, data: Buffer.allocUnsafeSlow(bytes) }));
  }

  /** Whether this was the last one. */
  take(chunk: Uint8Array): boolean {
    this.#files[this.#file]?.data.set(chunk, this.#filled);
    this.#filled += chunk.byteLength;
    if (this.#filled < (this.#files[this.#file]?.data.byteLength ?? 0)) return false;
    this.#file++;
    this.#filled = 0;
    return this.#file >= this.#files.length;
  }

  model(): ModelBytes {
    const [own, ...parts] = this.#files;
    const model = { bytes: own?.data ?? new Uint8Array(0), parts };
    if (digestOfModel(model) !== this.#digest) {
      throw new MusterError("model/unreadable", "The model's bytes changed on their way to its process.");
    }
    return model;
  }
}

/** Read at once: a parent that dies later leaves another number here. */
const parent = process.ppid;
let arrival: Arrival | undefined;
let session: OnnxSession | undefined;

process.on("message", (message: ToChild) => {
  obey(message).then(
    (answer) => {
      if (answer !== undefined) process.send?.(answer);
    },
    (error: unknown) => {
      const { code, message, hint } = MusterError.from(error, "model/failed");
      const failure: FromChild = { kind: "failure", code, message, hint };
      process.send?.(failure);
    },
  );
});

async function obey(message: ToChild): Promise<FromChild | undefined> {
  switch (message.kind) {
    case "load":
      arrival = new Arrival(message);
      return undefined;
    case "chunk": {
      if (arrival === undefined || !arrival.take(message.bytes)) return undefined;
      const { threads } = arrival;
      const model = arrival.model();
      arrival = undefined;
      session = await OnnxSession.open(model, threads);
      watchParent();
      return { kind: "ready", signature: session.signature };
    }
    case "run": {
      if (session === undefined) throw new MusterError("internal", "A run came before the model was loaded.");
      const { inputs, outputs } = session.signature;
      const answer = await session.run(unpack(inputs, message.inputs));
      return { kind: "answer", outputs: pack(outputs, answer) };
    }
  }
}

// Ctrl-C and service managers signal the whole group; whether runs under way may end is the parent's decision.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
process.on("disconnect", () => process.exit(0));

/**
 * During a run the main thread hears no "disconnect": a thread beside it ends a run that goes on after the parent
 * has died. It never enters the runtime, so that it may be ended at any time.
 */
function watchParent(): void {
  const watch = new Worker(
    `const parent = ${parent};
     const gone = () => {
       if (process.ppid !== parent) return true;
       try { process.kill(parent, 0); return false; } catch (error) { return error.code === "ESRCH"; }
     };
     setInterval(() => { if (gone()) process.kill(process.pid, "SIGKILL"); }, 1000);`,
    { eval: true, resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 } },
  );
  watch.on("error", () => {});
  watch.unref();
}
