import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { Profile } from "../claims/profile.ts";
import { readProfile as readProfileData } from "../claims/read-profile.ts";
import { MusterError } from "../source/muster-error.ts";
import type { Terminal } from "./terminal.ts";

const largest = 256 * 1024 * 1024;

/** A profile from a file of JSON. `what` names the argument in messages. */
export async function readProfileFile(given: string, what: string, terminal: Terminal): Promise<Profile> {
  const path = resolve(terminal.cwd, given);
  const wrong = (why: string, cause?: unknown): MusterError =>
    new MusterError("call/bad-argument", `${what} ${why}.`, {
      ...(cause === undefined ? {} : { cause }),
      hint: "Name the data itself (Parquet or CSV), or a profile as muster profile -o writes one.",
    });
  let data: unknown;
  try {
    if ((await stat(path)).size > largest) throw wrong("is too large to be a profile");
    data = JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw cause instanceof MusterError ? cause : wrong("cannot be read as JSON", cause);
  }
  const profile = readProfileData(data);
  if (typeof profile === "string") throw wrong(profile);
  return profile;
}

/** Whether an argument names a profile rather than data: JSON lines end otherwise. */
export const isProfileFile = (given: string): boolean => given.toLowerCase().endsWith(".json");
