import { stat } from "node:fs/promises";
import { MusterError } from "../../source/muster-error.ts";

/** What a file looked like from outside when it was attached. */
export interface Stamp {
  readonly path: string;
  readonly size: number;
  readonly modified: number;
  readonly inode: number;
}

export async function stampFiles(paths: readonly string[]): Promise<readonly Stamp[]> {
  return Promise.all(paths.map(stampFile));
}

async function stampFile(path: string): Promise<Stamp> {
  const { size, mtimeMs, ino } = await stat(path);
  return { path, size, modified: mtimeMs, inode: ino };
}

/** A digest speaks for the rows only as long as the files are those that it was taken from. */
export async function checkStamps(table: string, stamps: readonly Stamp[]): Promise<void> {
  for (const stamp of stamps) {
    const now = await stampFile(stamp.path).catch(() => undefined);
    if (now?.size === stamp.size && now.modified === stamp.modified && now.inode === stamp.inode) continue;
    const what = now === undefined ? "is gone" : "has changed";
    throw new MusterError(
      "engine/failed",
      `The file "${stamp.path}" of table "${table}" ${what} since it was attached.`,
      {
        hint: "Attach it again, so that what is measured and its digest belong together.",
      },
    );
  }
}
