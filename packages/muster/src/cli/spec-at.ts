import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { promisify } from "node:util";
import { MusterError } from "../source/muster-error.ts";
import { readSpec, type SpecFile } from "./read-spec.ts";
import type { Terminal } from "./terminal.ts";

const run = promisify(execFile);
/** Above any spec that the parser takes. */
const mostBytes = 16 * 1024 * 1024;

/**
 * A spec from a file, or from git: `REV` means the file `beside` as it was there, `REV:path` another one. A file of that
 * name wins over a revision. Git is called without a shell, and what could be an option is refused.
 */
export async function specAt(given: string, beside: string, terminal: Terminal): Promise<SpecFile> {
  if (existsSync(resolve(terminal.cwd, given))) return readSpec(given, terminal);
  const colon = given.indexOf(":");
  const revision = colon < 0 ? given : given.slice(0, colon);
  const path = colon < 0 ? beside : given.slice(colon + 1);
  if (!/^[\w@][\w@./~^{}-]*$/.test(revision)) throw notFound(given);
  const folder = resolve(terminal.cwd, dirname(colon < 0 ? path : beside));
  try {
    const top = (await run("git", ["-C", folder, "rev-parse", "--show-toplevel"])).stdout.trim();
    const fromHere = relative(top, resolve(terminal.cwd, path)).replaceAll("\\", "/");
    // As in git itself: a path beside a revision counts from the top, unless it starts with a dot.
    const inside = colon < 0 || path.startsWith(".") ? fromHere : path;
    const { stdout } = await run("git", ["-C", folder, "show", `${revision}:${inside}`], {
      maxBuffer: mostBytes,
    });
    return { file: `${revision}:${inside}`, folder, text: stdout };
  } catch (cause) {
    throw notFound(given, cause);
  }
}

function notFound(given: string, cause?: unknown): MusterError {
  return new MusterError(
    "call/not-found",
    `${given} is neither a spec file nor a git revision that has one.`,
    {
      cause,
      hint: "Name a file, a revision (HEAD~1, main) or both (main:path/to/muster.yaml).",
    },
  );
}
