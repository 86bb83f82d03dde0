import type { Tensor } from "./model.ts";

type Outcome = Promise<readonly Tensor[]>;

/** The runs whose callers still wait: what closing a model waits for. */
export class OpenRuns {
  readonly #open = new Set<Outcome>();

  get none(): boolean {
    return this.#open.size === 0;
  }

  add(outcome: Outcome): Outcome {
    const forget = (): void => {
      this.#open.delete(outcome);
    };
    this.#open.add(outcome);
    outcome.then(forget, forget);
    return outcome;
  }

  /** Resolves when those open now have settled, however they end. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#open);
  }
}
