import { MusterError } from "../source/muster-error.ts";

export type Raced<T> =
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "failed"; readonly error: MusterError }
  | { readonly kind: "late" };

/** Node's timers hold 31 bits; a longer one would fire at once. */
const longestTimer = 2 ** 31 - 1;

/**
 * Waits for `work`, but no longer than `ms`: the timer is our own, so that it also fires when the work never
 * settles. What settles after that goes to `afterwards`, never to the caller. Work that says itself that its time
 * is over (`model/timeout`) is late too, and a result that came while a blocked event loop held the timer back is
 * judged by `isOver`.
 */
export function within<T>(
  work: Promise<T>,
  ms: number,
  isOver: () => boolean,
  afterwards: (settled: Exclude<Raced<T>, { kind: "late" }>) => void,
): Promise<Raced<T>> {
  return new Promise((resolve) => {
    let open = true;
    const timer = setTimeout(
      () => {
        open = false;
        resolve({ kind: "late" });
      },
      Math.min(ms, longestTimer),
    );
    // A gateway that was stopped by force must not hold its process until a budget has passed.
    timer.unref();
    const settle = (settled: Exclude<Raced<T>, { kind: "late" }>): void => {
      if (open) {
        clearTimeout(timer);
        open = false;
        const timedOut = settled.kind === "failed" && settled.error.code === "model/timeout";
        if (!timedOut && !isOver()) {
          resolve(settled);
          return;
        }
        resolve({ kind: "late" });
      }
      afterwards(settled);
    };
    work.then(
      (value) => settle({ kind: "done", value }),
      (error: unknown) => settle({ kind: "failed", error: MusterError.from(error, "model/failed") }),
    );
  });
}
