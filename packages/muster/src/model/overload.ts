import { MusterError } from "../source/muster-error.ts";

const overloads = new WeakSet<MusterError>();

/** A `model/failed` that says nothing against the run: there was no room for it, later there may be. */
export function overloaded(what: string): MusterError {
  const error = new MusterError("model/failed", `The model is overloaded: ${what}.`, {
    hint: "Send less at once, or give the model more processes.",
  });
  overloads.add(error);
  return error;
}

/** Whether trying the same later, or elsewhere, is the answer to this error (and trying at once is not). */
export function isOverloaded(error: unknown): boolean {
  return error instanceof MusterError && overloads.has(error);
}
