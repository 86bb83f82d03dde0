/**
 * Why Muster could not do what it was asked: "could not", never "no". The part before the slash is the layer.
 * `call/*` means that the call itself was wrong (exit code 2); everything else that Muster could not run (3).
 */
export type MusterErrorCode =
  | "call/bad-argument"
  | "call/not-found"
  | "spec/unreadable"
  | "engine/unreadable-table"
  | "engine/unknown-column"
  | "engine/failed"
  | "engine/too-large"
  | "model/unreadable"
  | "model/bad-input"
  | "model/failed"
  | "model/timeout"
  | "model/missing-runtime"
  | "judge/refused"
  | "store/unreadable"
  | "store/conflict"
  | "store/failed"
  | "gateway/not-started"
  | "cancelled"
  | "internal";

/** The one class of error that Muster throws on purpose. The message says what, where and what to do. */
export class MusterError extends Error {
  readonly code: MusterErrorCode;
  /** What to do about it, in one sentence. */
  readonly hint: string | undefined;

  constructor(code: MusterErrorCode, message: string, options: { cause?: unknown; hint?: string } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "MusterError";
    this.code = code;
    this.hint = options.hint;
  }

  /** The only conversion of a caught value: keeps a MusterError as it is and wraps everything else under `code`. */
  static from(caught: unknown, code: MusterErrorCode = "internal"): MusterError {
    if (caught instanceof MusterError) return caught;
    const message = caught instanceof Error ? caught.message : String(caught);
    return new MusterError(code, message, { cause: caught });
  }
}

/** For what can only be false through a mistake of ours; the message asks for a report. */
export function invariant(condition: unknown, what: string): asserts condition {
  if (!condition) {
    throw new MusterError("internal", `This is a mistake in Muster, please report it: ${what}`);
  }
}
