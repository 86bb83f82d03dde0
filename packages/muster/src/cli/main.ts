import { Command, CommanderError } from "commander";
import { MusterError } from "../source/muster-error.ts";
import { approveCommand } from "./commands/approve.ts";
import { auditCommand } from "./commands/audit.ts";
import { checkCommand } from "./commands/check.ts";
import { dataCommand } from "./commands/data.ts";
import { diffCommand } from "./commands/diff.ts";
import { explainCommand } from "./commands/explain.ts";
import { initCommand } from "./commands/init.ts";
import { lintCommand } from "./commands/lint.ts";
import { lspCommand } from "./commands/lsp.ts";
import { measureCommand } from "./commands/measure.ts";
import { releaseCommand } from "./commands/release.ts";
import { reportCommand } from "./commands/report.ts";
import { rulesCommand } from "./commands/rules.ts";
import { serveCommand } from "./commands/serve.ts";
import { statusCommand } from "./commands/status.ts";
import { waiveCommand } from "./commands/waive.ts";
import { exitCode } from "./exit-code.ts";
import { createSession, explain } from "./session.ts";
import { processTerminal, type Terminal } from "./terminal.ts";
import { version } from "./version.ts";
import { watchOutput } from "./watch-output.ts";

/** Runs the command line and returns its exit code; never throws. */
export async function main(args: readonly string[], given?: Terminal): Promise<number> {
  if (given !== undefined) return command(args, given);
  const output = watchOutput();
  const interruption = interruptible();
  const terminal = processTerminal(interruption.signal);
  try {
    const code = await command(args, terminal);
    const lost = await output.settled();
    if (lost === null) return code;
    terminal.err(`muster: The output could not be written: ${lost}`);
    return exitCode.couldNot;
  } finally {
    interruption.release();
  }
}

async function command(args: readonly string[], terminal: Terminal): Promise<number> {
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
    explainCommand,
    rulesCommand,
    diffCommand,
    approveCommand,
    checkCommand,
    statusCommand,
    reportCommand,
    measureCommand,
    dataCommand,
    auditCommand,
    releaseCommand,
    waiveCommand,
    serveCommand,
    lspCommand,
  ]) {
    add(program, session);
  }
  // Mostly a variable of a script that is not set: a folder or a file of no name would be something else.
  program.hook("preAction", (_, action) => {
    for (const { attributeName, long } of optionsOf(action)) {
      if (action.getOptionValue(attributeName) !== "" || attributeName === "positive") continue;
      throw new MusterError("call/bad-argument", `${long} is empty.`, {
        hint: "Give it a value, or leave it out.",
      });
    }
  });
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
  }
}

const optionsOf = (command: Command): { attributeName: string; long: string }[] =>
  command.options.map((option) => ({
    attributeName: option.attributeName(),
    long: option.long ?? option.flags,
  }));

/** Errors of the call come back as exceptions with an exit code of 2 instead of ending the process. */
function settle(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) settle(child);
}

/** The first Ctrl-C asks the work to stop; the second ends the process at once. */
function interruptible(): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) {
      // Whatever the progress line says is over.
      if (process.stderr.isTTY) process.stderr.write("\n");
      process.exit(130);
    }
    controller.abort();
  };
  // A closed terminal ends a command like Ctrl-C; one that was started with nohup and has no terminal goes on.
  const hangup = process.stdout.isTTY === true || process.stderr.isTTY === true ? ["SIGHUP" as const] : [];
  const signals: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", ...hangup];
  for (const signal of signals) process.on(signal, stop);
  return {
    signal: controller.signal,
    release: () => {
      for (const signal of signals) process.off(signal, stop);
    },
  };
}
