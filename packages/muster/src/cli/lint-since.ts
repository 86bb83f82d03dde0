import { execFile } from "node:child_process";
import { basename, dirname, resolve } from "node:path";
import { MusterError } from "../source/muster-error.ts";

/** The text of a file at a git ref; null when the file did not exist there. */
export type TextAt = (path: string) => Promise<string | null>;

/**
 * Reads files as they were at a ref. Throws MusterError where there is no git, no repository or no such ref: "everything
 * is new" would be a wrong answer to a misspelt name.
 */
export function textsSince(ref: string): TextAt {
  const commits = new Map<string, Promise<string>>();
  return async (path) => {
    const folder = dirname(resolve(path));
    const commit = commits.get(folder) ?? commitOf(ref, folder);
    commits.set(folder, commit);
    // `./` is relative to the folder, wherever the repository's root is.
    const object = `${await commit}:./${basename(path)}`;
    const there = await git(folder, ["cat-file", "-e", object]);
    if (there.code !== 0) return null;
    const { code, out, err } = await git(folder, ["cat-file", "blob", object]);
    if (code !== 0) throw new MusterError("call/bad-argument", `git cannot show ${object}: ${err.trim()}`);
    return out;
  };
}

async function commitOf(ref: string, folder: string): Promise<string> {
  const inside = await git(folder, ["rev-parse", "--is-inside-work-tree"]);
  if (inside.code !== 0) {
    throw new MusterError("call/bad-argument", `--since needs a git repository, and ${folder} is in none.`, {
      hint: "Leave --since out, or run it where the spec is under version control.",
    });
  }
  const found = await git(folder, [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${ref}^{commit}`,
  ]);
  const commit = found.out.trim();
  if (found.code !== 0 || !/^[0-9a-f]{40,64}$/u.test(commit)) {
    throw new MusterError("call/bad-argument", `git knows no commit ${JSON.stringify(ref)} here.`, {
      hint: "Use a branch, a tag or a commit. A shallow clone on CI may lack it: fetch it first.",
    });
  }
  return commit;
}

/** Runs git without a shell. Throws only where git cannot be started. */
function git(folder: string, args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((done, fail) => {
    const options = { maxBuffer: 32 * 1024 * 1024, timeout: 60_000, windowsHide: true };
    execFile("git", ["-C", folder, ...args], options, (error, out, err) => {
      if (error === null) return done({ code: 0, out, err });
      if (typeof error.code === "number") return done({ code: error.code, out, err });
      fail(
        new MusterError("call/bad-argument", "--since needs git, which could not be run.", { cause: error }),
      );
    });
  });
}
