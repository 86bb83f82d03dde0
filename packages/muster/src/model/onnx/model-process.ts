import { type ChildProcess, fork } from "node:child_process";
import { Socket } from "node:net";
import { dirname } from "node:path";
import { MusterError } from "../../source/muster-error.ts";
import type { ModelSignature, Tensor } from "../model.ts";
import { childEntry } from "./child-entry.ts";
import type { FromChild, ToChild } from "./child-protocol.ts";
import type { ModelBytes } from "./model-bytes.ts";
import type { RunEnd, Runner } from "./model-pool.ts";
import { pack, unpack } from "./tensor-packet.ts";

export interface ModelProcessOptions {
  readonly threads: number;
  readonly digest: string;
  readonly loadTimeoutMs: number;
  /** Ends the start, not what was started. */
  readonly signal?: AbortSignal | undefined;
}

/** Small enough that a model of gigabytes is never a second time in the parent's memory on its way, nor stops it. */
const CHUNK = 4 * 2 ** 20;
/** What a process gets to leave by itself, once nothing runs in it. */
const LEAVE_MS = 2_000;

/**
 * One child process with one session in it. It takes one run at a time, and it can be killed in the midst of one.
 * An idle one does not keep the parent alive.
 */
export class ModelProcess implements Runner {
  readonly signature: ModelSignature;
  readonly pid: number | undefined;
  /** Settles, with the reason, when the process has ended. Never rejects. */
  readonly ended: Promise<string>;
  readonly #channel: Channel;

  private constructor(channel: Channel, signature: ModelSignature) {
    this.#channel = channel;
    this.signature = signature;
    this.pid = channel.child.pid;
    this.ended = channel.ended;
  }

  /** Rejects with what the load failed by; a process that dies while it loads, or does not finish, is `model/unreadable`. */
  static async start(model: ModelBytes, options: ModelProcessOptions): Promise<ModelProcess> {
    const channel = new Channel();
    let timer: NodeJS.Timeout | undefined;
    let abort = (): void => {};
    const ended = new Promise<"late" | "aborted">((resolve) => {
      timer = setTimeout(() => resolve("late"), options.loadTimeoutMs);
      abort = () => resolve("aborted");
    });
    options.signal?.addEventListener("abort", abort, { once: true });
    if (options.signal?.aborted) abort();
    try {
      const heard = channel.next();
      const sending = channel.load(model, options);
      const answer = await Promise.race([heard, ended]);
      if (answer === "late") throw notLoaded(`it was not ready after ${options.loadTimeoutMs} ms`);
      if (answer === "aborted") throw new MusterError("cancelled", "Opening the model was cancelled.");
      if (answer.kind === "answer") throw notLoaded("its process answered out of turn");
      if (answer.kind === "died") throw notLoaded(answer.why);
      if (answer.kind === "failure") throw errorOf(answer);
      await sending;
      channel.rest();
      return new ModelProcess(channel, answer.signature);
    } catch (error) {
      channel.child.kill("SIGKILL");
      throw error;
    } finally {
      clearTimeout(timer);
      options.signal?.removeEventListener("abort", abort);
    }
  }

  get alive(): boolean {
    return this.#channel.alive;
  }

  /** One at a time. Never rejects. */
  async run(inputs: readonly Tensor[]): Promise<RunEnd> {
    const channel = this.#channel;
    channel.wake();
    try {
      const next = channel.next();
      channel.send({ kind: "run", inputs: pack(this.signature.inputs, inputs) });
      const answer = await next;
      switch (answer.kind) {
        case "answer":
          return { kind: "answer", outputs: unpack(this.signature.outputs, answer.outputs) };
        case "failure":
          return { kind: "failure", error: errorOf(answer) };
        case "died":
          return answer;
        case "ready":
          throw new MusterError("model/failed", "The model's process answered out of turn.");
      }
    } catch (error) {
      // Values that are not what their type says (functions among the strings) cannot be serialized.
      return { kind: "failure", error: MusterError.from(error, "model/bad-input") };
    } finally {
      channel.rest();
    }
  }

  /** At once, whatever it does. */
  kill(): void {
    this.#channel.child.kill("SIGKILL");
  }

  /** Lets an idle process go; resolves when it has gone. */
  async end(): Promise<void> {
    const timer = setTimeout(() => this.kill(), LEAVE_MS);
    this.#channel.wake();
    this.#channel.leave();
    await this.ended;
    clearTimeout(timer);
  }
}

type Heard = FromChild | { readonly kind: "died"; readonly why: string };

/** Messages of one child, each awaited in turn. */
class Channel {
  readonly child: ChildProcess;
  readonly ended: Promise<string>;
  #listener: ((heard: Heard) => void) | undefined;
  #died: Heard | undefined;
  #complaint = "";
  #leaving = false;

  constructor() {
    const entry = childEntry();
    this.child = fork(entry, [], {
      // Where a runtime that follows a relative path would find nothing of anybody's.
      cwd: dirname(entry),
      serialization: "advanced",
      execArgv: [],
      env: leastEnvironment(),
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    const { stderr } = this.child;
    stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#complaint = (this.#complaint + text).slice(-2_000);
    });
    if (stderr instanceof Socket) stderr.unref();
    this.child.on("message", (message) => this.#hear(message as FromChild));
    let end: (why: string) => void = () => {};
    this.ended = new Promise((resolve) => {
      end = resolve;
    });
    const died = (why: string): void => {
      this.#died ??= { kind: "died", why };
      this.#hear(this.#died);
      end(why);
    };
    // Without a channel a process is of no use, even if it lives.
    this.child.on("disconnect", () => this.#leaving || this.child.kill("SIGKILL"));
    this.child.on("error", (error) => died(`it could not be started or reached (${error.message})`));
    this.child.on("exit", (code, signal) => {
      const how = signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`;
      const said = this.#complaint.trim().split("\n").at(-1)?.slice(0, 200);
      died(said ? `${how}, its last words were: ${said}` : how);
    });
  }

  get alive(): boolean {
    return this.#died === undefined && this.child.connected;
  }

  next(): Promise<Heard> {
    if (this.#died !== undefined) return Promise.resolve(this.#died);
    return new Promise((resolve) => {
      this.#listener = resolve;
    });
  }

  send(message: ToChild): void {
    // A child that has gone is reported by its "exit"; the callback keeps the failure from becoming an "error" event.
    if (this.child.connected) this.child.send(message, () => {});
  }

  /** Never rejects: a child that goes meanwhile is heard of as having died. */
  async load(model: ModelBytes, options: ModelProcessOptions): Promise<void> {
    const files = [{ path: "", data: model.bytes }, ...model.parts];
    const { threads, digest } = options;
    const sizes = files.map(({ path, data }) => ({ path, bytes: data.byteLength }));
    this.send({ kind: "load", threads, digest, files: sizes });
    for (const { data } of files) {
      for (let start = 0; start < Math.max(data.byteLength, 1); start += CHUNK) {
        const message: ToChild = { kind: "chunk", bytes: data.subarray(start, start + CHUNK) };
        if (!this.child.connected) return;
        await new Promise<void>((resolve) => this.child.send(message, () => resolve()));
      }
    }
  }

  leave(): void {
    this.#leaving = true;
    if (this.child.connected) this.child.disconnect();
  }

  wake(): void {
    this.child.ref();
    this.child.channel?.ref();
  }

  rest(): void {
    this.child.unref();
    this.child.channel?.unref();
  }

  #hear(heard: Heard): void {
    const listener = this.#listener;
    this.#listener = undefined;
    listener?.(heard);
  }
}

/** A model needs no secret of its parent's; what stays is what finding and loading a shared library takes. */
function leastEnvironment(): NodeJS.ProcessEnv {
  const names = ["PATH", "SystemRoot", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"];
  const env: NodeJS.ProcessEnv = {};
  for (const name of names) if (process.env[name] !== undefined) env[name] = process.env[name];
  return env;
}

function errorOf(failure: Extract<FromChild, { kind: "failure" }>): MusterError {
  const { code, message, hint } = failure;
  return new MusterError(code, message, hint === undefined ? {} : { hint });
}

function notLoaded(why: string): MusterError {
  return new MusterError("model/unreadable", `The model could not be loaded: ${why}.`);
}
