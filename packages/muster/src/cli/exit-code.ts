import type { MusterError } from "../source/muster-error.ts";

/** What the process says to scripts; the same for every command. */
export const exitCode = {
  /** Everything asked for is kept. */
  kept: 0,
  /** Something is broken or undecided; for lint: there are findings. */
  notKept: 1,
  /** The spec or the call is wrong. */
  wrong: 2,
  /** Muster could not run. */
  couldNot: 3,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** A wrong call and a wrong spec are the caller's to mend; all else is ours or the machine's. */
export function exitCodeOf(error: MusterError): ExitCode {
  return error.code.startsWith("call/") || error.code.startsWith("spec/")
    ? exitCode.wrong
    : exitCode.couldNot;
}
