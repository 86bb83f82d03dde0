import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { MusterError } from "../source/muster-error.ts";
import { systemReason } from "./system-reason.ts";
import type { Terminal } from "./terminal.ts";

/** Writes what a command was told to write to a file, over what is there. */
export async function writeOutput(output: string, text: string, terminal: Terminal): Promise<void> {
  try {
    await writeFile(resolve(terminal.cwd, output), text);
  } catch (cause) {
    throw notWritten(output, cause);
  }
}

export const notWritten = (output: string, cause: unknown): MusterError =>
  new MusterError("call/bad-argument", `${output} cannot be written: ${systemReason(cause)}.`, { cause });
