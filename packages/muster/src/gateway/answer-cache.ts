import type { OutputValue } from "./output-plan.ts";

export interface CachedAnswer {
  readonly outputs: readonly OutputValue[];
  /** Milliseconds since 1970, when the model gave it. */
  readonly at: number;
}

/**
 * The model's last answers by their encoded inputs, for `latency_exceeded: cached`. Keys are compared whole, not
 * hashed; one gateway serves one release, so version and contract need not be part of them. Only what the model
 * itself said under the contract belongs in here: no fallback, no cached answer again.
 */
export class AnswerCache {
  readonly #most: number;
  readonly #answers = new Map<string, CachedAnswer>();

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): CachedAnswer | null {
    return this.#answers.get(key) ?? null;
  }

  /** What was put in least recently makes room. */
  put(key: string, answer: CachedAnswer): void {
    // Long texts would let a thousand requests hold a gigabyte.
    if (key.length > longestKey) return;
    this.#answers.delete(key);
    this.#answers.set(key, answer);
    if (this.#answers.size <= this.#most) return;
    const oldest = this.#answers.keys().next();
    if (!oldest.done) this.#answers.delete(oldest.value);
  }

  get size(): number {
    return this.#answers.size;
  }
}

const longestKey = 4096;
