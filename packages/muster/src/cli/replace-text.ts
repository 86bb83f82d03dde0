import { randomUUID } from "node:crypto";
import { readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { MusterError } from "../source/muster-error.ts";

/**
 * Puts a file's new text in place of the one that was read, at once or not at all. Refuses when the file is no longer
 * what was read, or was no UTF-8: what cannot be written back as it was must not be written.
 */
export async function replaceText(path: string, file: string, was: string, text: string): Promise<void> {
  const target = await realpath(path);
  const bytes = await readFile(target);
  if (!bytes.equals(Buffer.from(was, "utf8"))) {
    throw new MusterError(
      "store/conflict",
      `${file} was not mended: it changed meanwhile, or is no UTF-8 text.`,
      {
        hint: "Run the command again.",
      },
    );
  }
  const { mode } = await stat(target);
  const beside = join(dirname(target), `.muster-${randomUUID()}.tmp`);
  try {
    await writeFile(beside, text, { mode: mode & 0o777, flag: "wx" });
    await rename(beside, target);
  } catch (cause) {
    await rm(beside, { force: true });
    throw new MusterError("store/failed", `${file} cannot be written.`, { cause });
  }
}
