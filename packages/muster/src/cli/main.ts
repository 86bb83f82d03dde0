import { Command, CommanderError } from "commander";
import { checkCommand } from "./commands/check.ts";
import { initCommand } from "./commands/init.ts";
import { lintCommand } from "./commands/lint.ts";
import { measureCommand } from "./commands/measure.ts";
import { releaseCommand } from "./commands/release.ts";
import { reportCommand } from "./commands/report.ts";
import { serveCommand } from "./commands/serve.ts";
import { statusCommand } from "./commands/status.ts";
import { waiveCommand } from "./commands/waive.ts";
import { exitCode } from "./exit-code.ts";
import { createSession, explain } from "./session.ts";
import { processTerminal, type Terminal } from "./terminal.ts";
import { version } from "./version.ts";

/** Runs the command line and returns its exit code; never throws. */
export async function main(args: readonly string[], given?: Terminal): Promise<number> {
  const interruption = given === undefined ? interruptible() : null;
  const terminal = given ?? processTerminal(interruption?.signal ?? new AbortController().signal);
  const session = createSession(terminal);
  const program = new Command("muster")
    .description("Makes an ML product spec executable: every line a claim, with evidence and a verdict.")
    .version(version, "-V, --version")
    .showSuggestionAfterError()
    .showHelpAfterError("(muster --help shows the commands and options)")
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .addHelpText(
      "after",
      "\nExit codes: 0 kept; 1 broken or undecided (lint: findings); 2 the spec or the call is wrong; 3 Muster could not run.",
    );
  for (const add of [
    initCommand,
    lintCommand,
    checkCommand,
    statusCommand,
    reportCommand,
    measureCommand,
    releaseCommand,
    waiveCommand,
    serveCommand,
  ]) {
    add(program, session);
  }
  // Sub-commands made by `command()` copy these settings only when they are made after them.
  for (const command of program.commands) settle(command);
  settle(program);
  try {
    if (args.length === 0) {
      terminal.out(program.helpInformation());
      return exitCode.wrong;
    }
    await program.parseAsync([...args], { from: "user" });
    return session.code();
  } catch (caught) {
    if (caught instanceof CommanderError) return caught.exitCode === 0 ? exitCode.kept : exitCode.wrong;
    return explain(caught, terminal);
  } finally {
    interruption?.release();
  }
}

/** Errors of the call come back as exceptions with an exit code of 2 instead of ending the process. */
function settle(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) settle(child);
}

/** The first Ctrl-C asks the work to stop; the second ends the process at once. */
function interruptible(): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return {
    signal: controller.signal,
    release: () => {
      process.off("SIGINT", stop);
      process.off("SIGTERM", stop);
    },
  };
}
