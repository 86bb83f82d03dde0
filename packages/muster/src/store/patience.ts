import { setTimeout as sleep } from "node:timers/promises";

/**
 * Does the work again while it fails with an error that `again` names, for at most `ms` milliseconds, then throws
 * the last error. The event loop runs between two rounds. The pauses are of random length, so that processes that
 * want the same lock do not stay in step.
 */
export async function patiently<T>(
  work: () => Promise<T>,
  again: (caught: unknown) => boolean,
  ms: number,
): Promise<T> {
  const end = performance.now() + ms;
  for (;;) {
    try {
      return await work();
    } catch (caught) {
      if (!again(caught) || performance.now() >= end) throw caught;
    }
    await sleep(2 + Math.random() * 20);
  }
}
