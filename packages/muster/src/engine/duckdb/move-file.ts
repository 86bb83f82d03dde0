import { randomBytes } from "node:crypto";
import { copyFile, rename, rm } from "node:fs/promises";
import { MusterError } from "../../source/muster-error.ts";
import { codeOf, systemReason } from "./files.ts";

/** Puts a file in the place of another, whole or not at all, also from one disk to another. */
export async function moveFile(from: string, to: string): Promise<void> {
  try {
    await rename(from, to).catch(async (caught: unknown) => {
      if (codeOf(caught) !== "EXDEV") throw caught;
      const beside = `${to}.${randomBytes(6).toString("hex")}.part`;
      try {
        await copyFile(from, beside);
        await rename(beside, to);
      } finally {
        await rm(beside, { force: true });
      }
    });
  } catch (caught) {
    const reason = systemReason(codeOf(caught));
    throw new MusterError("engine/failed", `"${to}" cannot be written: ${reason}.`, { cause: caught });
  }
}
