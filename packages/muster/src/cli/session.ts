import { printable } from "../report/printable.ts";
import { MusterError } from "../source/muster-error.ts";
import { type ExitCode, exitCodeOf } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";

/** One run of the command line: gives commands their terminal and turns what they throw into words and a code. */
export interface Session {
  readonly terminal: Terminal;
  /** Runs a command's work; afterwards `code()` says how it ended. */
  run(work: (terminal: Terminal) => Promise<ExitCode>): Promise<void>;
  code(): number;
}

/** 128 + SIGINT, as shells expect of what was interrupted. */
const interrupted = 130;

export function createSession(terminal: Terminal): Session {
  let code = 0;
  return {
    terminal,
    async run(work) {
      try {
        code = await work(terminal);
      } catch (caught) {
        code = explain(caught, terminal);
      } finally {
        terminal.done();
      }
    },
    code: () => code,
  };
}

/** Says in words what went wrong and returns the exit code. A stack only where `MUSTER_DEBUG` asks for it. */
export function explain(caught: unknown, terminal: Terminal): number {
  const error = MusterError.from(caught);
  if (error.code === "cancelled" || terminal.signal.aborted) {
    terminal.err(
      `Cancelled; ${error.code === "cancelled" && error.hint !== undefined ? error.hint : "nothing was stored."}`,
    );
    return interrupted;
  }
  const ours = error.code === "internal" ? "This is a mistake in Muster, please report it: " : "";
  terminal.err(`muster: ${ours}${printable(error.message)}`);
  if (error.hint !== undefined) terminal.err(`  ${printable(error.hint)}`);
  if (terminal.env.MUSTER_DEBUG) terminal.err(String(error.stack));
  return exitCodeOf(error);
}
