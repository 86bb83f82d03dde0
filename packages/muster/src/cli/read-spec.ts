import { createReadStream } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { MusterError } from "../source/muster-error.ts";
import { mostCharacters } from "../spec/limits.ts";
import { systemReason } from "./system-reason.ts";
import type { Terminal } from "./terminal.ts";

/** A spec's text and where it stands. */
export interface SpecFile {
  readonly text: string;
  /** As a reader would type it. */
  readonly file: string;
  /** The folder that paths of the spec are relative to. */
  readonly folder: string;
}

/** Reads a spec's text; `muster.yaml` of the current folder by default. */
export async function readSpec(given: string | undefined, terminal: Terminal): Promise<SpecFile> {
  const path = resolve(terminal.cwd, given ?? "muster.yaml");
  const file = relative(terminal.cwd, path) || path;
  try {
    return { file, folder: dirname(path), text: await beginningOf(path, terminal.signal) };
  } catch (cause) {
    throw new MusterError("spec/unreadable", `There is no spec to read at ${file}: ${systemReason(cause)}.`, {
      cause,
      hint: "Name the file, such as path/to/muster.yaml.",
    });
  }
}

/**
 * The text, as far as the parser may take one and a little more, of which it says in its own words that it is too
 * long: a gigabyte, or a device that never ends, need not be read for that.
 */
async function beginningOf(path: string, signal: AbortSignal): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of createReadStream(path, { end: 4 * mostCharacters, signal }))
    parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
