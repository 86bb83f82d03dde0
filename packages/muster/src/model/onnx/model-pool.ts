import { MusterError } from "../../source/muster-error.ts";
import type { ModelHealth, RunOptions, Tensor } from "../model.ts";
import { OpenRuns } from "../open-runs.ts";
import { overloaded } from "../overload.ts";
import { PendingRun } from "../pending-run.ts";

export interface Limits {
  readonly killAfterMs: number | undefined;
  readonly queuedRuns: number;
  readonly queuedBytes: number;
}

/** How a run ended. `died`: the process went before it answered, through no proven fault of this run. */
export type RunEnd =
  | { readonly kind: "answer"; readonly outputs: readonly Tensor[] }
  | { readonly kind: "failure"; readonly error: MusterError }
  | { readonly kind: "died"; readonly why: string };

/** What the pool wants of a process. None of it rejects. */
export interface Runner {
  /** Whether it is worth giving it a run. */
  readonly alive: boolean;
  /** Settles, with the reason, when the process has ended. */
  readonly ended: Promise<string>;
  run(inputs: readonly Tensor[]): Promise<RunEnd>;
  kill(): void;
  end(): Promise<void>;
}

/** A place for one process; `process` is undefined while a dead one is being replaced. */
interface Slot {
  process: Runner | undefined;
  busy: PendingRun | undefined;
  /** When the last one that waited for the busy run went, on the monotonic clock. */
  leftAt: number | undefined;
  /** Since its last start that went well. */
  failedStarts: number;
}

function isIdle(slot: Slot): slot is Slot & { readonly process: Runner } {
  return slot.process?.alive === true && slot.busy === undefined;
}

/** A run that goes on for so long after its last caller went is taken for one that hangs; until then it is only late. */
const HANGS_AFTER_MS = 250;

/** When every place has seen so many starts fail in a row, about ten seconds of trying, the model is given up. */
const MOST_FAILED_STARTS = 8;
const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 5_000;

/** Gives runs to idle processes in the order of their arrival, and puts a new process where one died. */
export class ModelPool {
  readonly #slots: readonly Slot[];
  readonly #start: () => Promise<Runner>;
  readonly #limits: Limits;
  /** Sets keep the order of arrival and forget a run that gave up waiting at once. */
  readonly #again = new Set<PendingRun>();
  readonly #waiting = new Set<PendingRun>();
  readonly #open = new OpenRuns();
  readonly #starting = new Set<Promise<void>>();
  readonly #delays = new Set<() => void>();
  #waitingBytes = 0;
  /** Deaths and failed starts since the last answer: what the delay before the next start grows with. */
  #misfortunes = 0;
  #replaced = 0;
  #givenUp: MusterError | undefined;
  #closed: Promise<void> | undefined;

  constructor(processes: readonly Runner[], start: () => Promise<Runner>, limits: Limits) {
    this.#start = start;
    this.#limits = limits;
    this.#slots = processes.map((process) => ({
      process,
      busy: undefined,
      leftAt: undefined,
      failedStarts: 0,
    }));
    for (const slot of this.#slots) this.#watch(slot);
  }

  run(inputs: readonly Tensor[], bytes: number, options: RunOptions): Promise<readonly Tensor[]> {
    const refusal = this.#refusal(bytes);
    if (refusal !== undefined) return Promise.reject(refusal);
    const run = new PendingRun(inputs, bytes, options, () => this.#left(run));
    if (run.settled) return run.outcome;
    this.#waiting.add(run);
    this.#waitingBytes += bytes;
    this.#dispatch();
    return this.#open.add(run.outcome);
  }

  health(): ModelHealth {
    const hangsSince = performance.now() - HANGS_AFTER_MS;
    const able = this.#slots.some(
      ({ process, leftAt }) => process?.alive === true && (leftAt === undefined || leftAt > hangsSince),
    );
    return {
      ready: able && this.#closed === undefined && this.#givenUp === undefined,
      replaced: this.#replaced,
    };
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    // Nobody waits for the end of these any more.
    for (const slot of this.#slots) if (slot.busy?.settled) slot.process?.kill();
    await this.#open.settled();
    for (const slot of this.#slots) if (slot.busy !== undefined) slot.process?.kill();
    for (const skip of this.#delays) skip();
    await Promise.all(this.#starting);
    await Promise.all(this.#slots.map((slot) => slot.process?.end()));
  }

  #refusal(bytes: number): MusterError | undefined {
    if (this.#closed !== undefined) return new MusterError("model/failed", "The model has been closed.");
    if (this.#givenUp !== undefined) return this.#givenUp;
    if (this.#slots.some(isIdle)) return undefined;
    if (this.#waiting.size >= this.#limits.queuedRuns)
      return overloaded(`${this.#waiting.size} runs wait already`);
    if (this.#waitingBytes + bytes <= this.#limits.queuedBytes) return undefined;
    return overloaded(`${this.#waitingBytes} bytes of runs wait already, and ${bytes} more are too many`);
  }

  #dispatch(): void {
    for (const slot of this.#slots) {
      if (!isIdle(slot)) continue;
      const run = this.#next();
      if (run === undefined) return;
      void this.#give(slot, slot.process, run);
    }
  }

  #next(): PendingRun | undefined {
    const [again] = this.#again;
    const run = again ?? this.#waiting.values().next().value;
    if (run !== undefined) this.#forget(run);
    return run;
  }

  #forget(run: PendingRun): void {
    this.#again.delete(run);
    if (this.#waiting.delete(run)) this.#waitingBytes -= run.bytes;
  }

  async #give(slot: Slot, process: Runner, run: PendingRun): Promise<void> {
    slot.busy = run;
    run.tries++;
    const end = await process.run(run.inputs);
    slot.busy = undefined;
    slot.leftAt = undefined;
    run.stopKillTimer();
    if (end.kind === "died" && slot.process === process) slot.process = undefined;
    if (end.kind !== "died") this.#misfortunes = 0;
    if (end.kind === "answer") run.resolve(end.outputs);
    else if (end.kind === "failure") run.reject(end.error);
    else if (run.tries === 1 && !run.settled && this.#givenUp === undefined) this.#again.add(run);
    else run.reject(new MusterError("model/failed", `The model's process died in this run: ${end.why}.`));
    this.#dispatch();
  }

  /** A caller has gone before its answer. */
  #left(run: PendingRun): void {
    this.#forget(run);
    const slot = this.#slots.find((candidate) => candidate.busy === run);
    if (slot?.process === undefined) return;
    const { process } = slot;
    slot.leftAt = performance.now();
    if (this.#closed !== undefined) process.kill();
    else run.startKillTimer(this.#limits.killAfterMs, () => process.kill());
  }

  #watch(slot: Slot): void {
    const { process } = slot;
    void process?.ended.then(() => {
      slot.process = undefined;
      if (this.#closed !== undefined && this.#open.none) return;
      const replaced = this.#replace(slot).then(() => {
        this.#starting.delete(replaced);
      });
      this.#starting.add(replaced);
    });
  }

  async #replace(slot: Slot): Promise<void> {
    while (this.#givenUp === undefined) {
      await this.#delay(this.#misfortunes++);
      if (this.#closed !== undefined && this.#open.none) return;
      const started = await this.#start().catch((error: unknown) => MusterError.from(error, "model/failed"));
      if (started instanceof MusterError) {
        slot.failedStarts++;
        if (this.#slots.every((place) => place.failedStarts >= MOST_FAILED_STARTS)) this.#giveUp(started);
      } else if (this.#givenUp !== undefined) {
        await started.end();
      } else {
        slot.failedStarts = 0;
        slot.process = started;
        this.#replaced++;
        this.#watch(slot);
        this.#dispatch();
        return;
      }
    }
  }

  #giveUp(last: MusterError): void {
    this.#givenUp = new MusterError(
      "model/failed",
      `The model's process could not be started again, ${MOST_FAILED_STARTS} times in a row. The last time: ${last.message}`,
      { cause: last, hint: "See to what the message names, then open the model again." },
    );
    for (const run of [...this.#again, ...this.#waiting]) {
      this.#forget(run);
      run.reject(this.#givenUp);
    }
  }

  /** None for the first time, so that one death costs its own run and no other. */
  #delay(misfortunes: number): Promise<void> {
    if (misfortunes === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#delays.delete(done);
        resolve();
      };
      const timer = setTimeout(done, Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (misfortunes - 1)));
      this.#delays.add(done);
    });
  }
}
