import { MusterError } from "../source/muster-error.ts";
import { badInput } from "./check-inputs.ts";
import type { RunOptions, Tensor } from "./model.ts";

/** The longest delay that setTimeout knows; longer ones fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const LEAST_KILL_MS = 1_000;

/**
 * One caller's run, from its arrival to its outcome. It settles once: by its answer, or before it by its deadline or
 * its signal, and then `onLeft` is called, unless it was so at its arrival.
 */
export class PendingRun {
  readonly inputs: readonly Tensor[];
  readonly bytes: number;
  readonly outcome: Promise<readonly Tensor[]>;
  tries = 0;
  settled = false;
  readonly #timeoutMs: number | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #onLeft: () => void;
  readonly #aborted: () => void;
  #settle: { resolve(outputs: readonly Tensor[]): void; reject(error: MusterError): void };
  #deadline: NodeJS.Timeout | undefined;
  #kill: NodeJS.Timeout | undefined;

  constructor(inputs: readonly Tensor[], bytes: number, options: RunOptions, onLeft: () => void) {
    this.inputs = inputs;
    this.bytes = bytes;
    this.#timeoutMs = options.timeoutMs;
    this.#signal = options.signal;
    this.#onLeft = onLeft;
    this.#settle = { resolve: () => {}, reject: () => {} };
    this.outcome = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.#aborted = () => this.#leave(cancelled());
    const { signal, timeoutMs } = options;
    if (Number.isNaN(timeoutMs)) this.reject(badInput("timeoutMs is not a number."));
    else if (signal?.aborted) this.reject(cancelled());
    else if (timeoutMs !== undefined && timeoutMs <= 0) this.reject(late(timeoutMs));
    else {
      signal?.addEventListener("abort", this.#aborted, { once: true });
      if (timeoutMs !== undefined && timeoutMs <= LONGEST_TIMER_MS) {
        this.#deadline = setTimeout(() => this.#leave(late(timeoutMs)), timeoutMs);
      }
    }
  }

  resolve(outputs: readonly Tensor[]): void {
    this.#end();
    this.#settle.resolve(outputs);
  }

  reject(error: MusterError): void {
    this.#end();
    this.#settle.reject(error);
  }

  startKillTimer(killAfterMs: number | undefined, kill: () => void): void {
    const after = killAfterMs ?? Math.max(LEAST_KILL_MS, 4 * (this.#timeoutMs ?? 0));
    this.#kill = setTimeout(kill, Math.min(after, LONGEST_TIMER_MS));
  }

  stopKillTimer(): void {
    clearTimeout(this.#kill);
  }

  #leave(error: MusterError): void {
    if (this.settled) return;
    this.reject(error);
    this.#onLeft();
  }

  #end(): void {
    this.settled = true;
    clearTimeout(this.#deadline);
    this.#signal?.removeEventListener("abort", this.#aborted);
  }
}

function cancelled(): MusterError {
  return new MusterError("cancelled", "The run was cancelled by its caller.");
}

function late(timeoutMs: number): MusterError {
  return new MusterError(
    "model/timeout",
    `The model did not answer within ${Math.max(0, Math.round(timeoutMs))} ms.`,
  );
}
