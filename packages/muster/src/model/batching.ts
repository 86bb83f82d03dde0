import { performance } from "node:perf_hooks";
import { MusterError } from "../source/muster-error.ts";
import { checkInputs, isRowwise, rowsOf } from "./check-inputs.ts";
import type { Model, ModelHealth, ModelSignature, RunOptions, Tensor } from "./model.ts";
import { OpenRuns } from "./open-runs.ts";
import { isOverloaded } from "./overload.ts";
import { PendingRun } from "./pending-run.ts";
import { joinRows, takeRows } from "./tensor-rows.ts";

export interface BatchingOptions {
  /** Rows after which a batch is full; a call with more goes alone. Default 64: what is beyond gains nothing more. */
  readonly maxRows?: number;
}

/**
 * The same model, with runs that arrive in one turn of the event loop joined into one. There is no timer, so that a
 * call without company waits for nobody. Every caller gets its own rows, in their order, in memory of its own; its
 * deadline, its abort and its error stay its own, too: a batch that fails is run again one caller at a time, and a
 * batch is only given up when the last of its callers has gone. Whether a model's answers are the same in a batch
 * as alone is for `selfCheck` to find out. `close` closes the model.
 *
 * Calls go as they are where rows cannot be told apart: when an input or output of the model has no free first length.
 */
export function batching(model: Model, options: BatchingOptions = {}): Model {
  const maxRows = options.maxRows ?? 64;
  if (!Number.isSafeInteger(maxRows) || maxRows < 1) {
    throw new MusterError("call/bad-argument", `maxRows must be a whole number from 1 on, not ${maxRows}.`);
  }
  return maxRows === 1 || !isRowwise(model.signature) ? model : new BatchingModel(model, maxRows);
}

interface Call {
  readonly run: PendingRun;
  readonly rows: number;
  /** On the monotonic clock; infinite without a deadline. */
  readonly deadline: number;
}

/** Calls that go as one run, as long as somebody waits for it. */
interface Batch {
  readonly calls: Call[];
  rows: number;
  readonly gone: AbortController;
  waiting: number;
}

class BatchingModel implements Model {
  readonly signature: ModelSignature;
  readonly digest: string;
  readonly bytes: number;
  readonly #model: Model;
  readonly #maxRows: number;
  /** Batches that still fill, by what their calls must have in common. */
  #filling = new Map<string, Batch>();
  #full: Batch[] = [];
  #scheduled = false;
  readonly #open = new OpenRuns();
  #closed: Promise<void> | undefined;

  constructor(model: Model, maxRows: number) {
    this.#model = model;
    this.#maxRows = maxRows;
    this.signature = model.signature;
    this.digest = model.digest;
    this.bytes = model.bytes;
  }

  async run(inputs: readonly Tensor[], options: RunOptions = {}): Promise<readonly Tensor[]> {
    if (this.#closed !== undefined) throw new MusterError("model/failed", "The model has been closed.");
    checkInputs(this.signature, inputs);
    const rows = rowsOf(this.signature, inputs);
    if (rows === 0 || rows >= this.#maxRows) return this.#open.add(this.#model.run(inputs, options));
    const ordered = this.signature.inputs.flatMap(({ name }) =>
      inputs.filter((tensor) => tensor.name === name),
    );
    const batch = this.#batchFor(ordered, rows);
    const run = new PendingRun(ordered, 0, options, () => {
      batch.waiting--;
      if (batch.waiting === 0) batch.gone.abort();
    });
    if (run.settled) return run.outcome;
    const { timeoutMs } = options;
    const deadline = timeoutMs === undefined ? Number.POSITIVE_INFINITY : performance.now() + timeoutMs;
    batch.calls.push({ run, rows, deadline });
    batch.rows += rows;
    batch.waiting++;
    this.#schedule();
    return this.#open.add(run.outcome);
  }

  health(): ModelHealth {
    return this.#model.health?.() ?? { ready: true, replaced: 0 };
  }

  close(): Promise<void> {
    this.#closed ??= this.#open.settled().then(() => this.#model.close());
    return this.#closed;
  }

  #batchFor(inputs: readonly Tensor[], rows: number): Batch {
    const key = inputs.map(({ shape }) => shape.slice(1).join()).join(";");
    const filling = this.#filling.get(key);
    if (filling !== undefined && filling.rows + rows <= this.#maxRows) return filling;
    if (filling !== undefined) this.#full.push(filling);
    const batch: Batch = { calls: [], rows: 0, gone: new AbortController(), waiting: 0 };
    this.#filling.set(key, batch);
    return batch;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      const batches = [...this.#full, ...this.#filling.values()];
      this.#full = [];
      this.#filling = new Map();
      this.#scheduled = false;
      for (const batch of batches) void this.#send(batch);
    });
  }

  async #send({ calls, gone }: Batch): Promise<void> {
    const waiting = calls.filter((call) => !call.run.settled);
    const [first, ...others] = waiting;
    if (first === undefined) return;
    if (others.length === 0) return this.#alone(first, gone.signal);
    try {
      const deadline = Math.max(...waiting.map((call) => call.deadline));
      const outputs = await this.#model.run(this.#joined(first, others), until(deadline, gone.signal));
      const answers = this.#split(waiting, outputs);
      waiting.forEach(({ run }, index) => {
        run.resolve(answers[index] ?? []);
      });
    } catch (error) {
      if (isOverloaded(error)) for (const { run } of waiting) run.reject(MusterError.from(error));
      // One after the other: all at once would be a crowd where there was one run.
      else for (const call of waiting) await this.#alone(call, gone.signal);
    }
  }

  async #alone({ run, deadline }: Call, signal: AbortSignal): Promise<void> {
    if (run.settled) return;
    try {
      run.resolve(await this.#model.run(run.inputs, until(deadline, signal)));
    } catch (error) {
      run.reject(MusterError.from(error, "model/failed"));
    }
  }

  #joined(first: Call, others: readonly Call[]): readonly Tensor[] {
    return first.run.inputs.map((tensor, index) =>
      joinRows([tensor, ...others.flatMap((call) => call.run.inputs[index] ?? [])]),
    );
  }

  /** Throws when the answer has not the rows of the question: then nobody can say whose they are. */
  #split(calls: readonly Call[], outputs: readonly Tensor[]): readonly (readonly Tensor[])[] {
    const rows = calls.reduce((sum, call) => sum + call.rows, 0);
    if (outputs.some((tensor) => tensor.shape[0] !== rows)) {
      throw new MusterError(
        "model/failed",
        "The model answered with another number of rows than it was given.",
      );
    }
    let start = 0;
    return calls.map((call) => {
      const own = outputs.map((tensor) => takeRows(tensor, start, call.rows));
      start += call.rows;
      return own;
    });
  }
}

/**
 * The callers' own timers decide. The model's deadline is only there for what it plans by it, and comes after them:
 * otherwise a batch would fail by it, and be run again, in the millisecond before its callers go.
 */
const BEHIND_MS = 5;

function until(deadline: number, signal: AbortSignal): RunOptions {
  if (deadline === Number.POSITIVE_INFINITY) return { signal };
  return { signal, timeoutMs: deadline - performance.now() + BEHIND_MS };
}
