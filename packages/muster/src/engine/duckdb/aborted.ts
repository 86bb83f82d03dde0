import { MusterError } from "../../source/muster-error.ts";

/** Throws `cancelled` when the signal has aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new MusterError("cancelled", "Cancelled.", { cause: signal.reason });
}
