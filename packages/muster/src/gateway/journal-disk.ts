import { Buffer } from "node:buffer";
import {
  closeSync,
  fdatasync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

/** What the journal needs of a disk; apart from it so that full and failing disks can be tried without one. */
export interface JournalDisk {
  makeFolder(dir: string): void;
  /** Creates a file that must not exist yet; never follows or shares another's. */
  create(dir: string, name: string): number;
  /** Writes all of the text and returns its bytes. */
  write(file: number, text: string): number;
  sync(file: number): Promise<void>;
  /** Whether the file was deleted under us: writing to it would succeed and be lost. */
  isGone(file: number): boolean;
  /** Undoes a partial write as far as it can; must not throw. */
  cutTo(file: number, bytes: number): void;
  /** Must not throw. */
  close(file: number): void;
  /** Removes a file that got no first line; must not throw. */
  remove(dir: string, name: string): void;
}

const datasync = promisify(fdatasync);

export const nodeDisk: JournalDisk = {
  makeFolder: (dir) => {
    mkdirSync(dir, { recursive: true });
  },
  create: (dir, name) => {
    // Not readable to others: a journal holds what people sent to the model.
    const file = openSync(join(dir, name), "ax", 0o640);
    syncFolder(dir);
    return file;
  },
  write: (file, text) => {
    const bytes = Buffer.from(text, "utf8");
    let done = 0;
    while (done < bytes.length) done += writeSync(file, bytes, done);
    return bytes.length;
  },
  sync: (file) => datasync(file),
  isGone: (file) => fstatSync(file).nlink === 0,
  cutTo: (file, bytes) => {
    try {
      ftruncateSync(file, bytes);
    } catch {
      // A torn last line is what every reader of the journal tolerates.
    }
  },
  close: (file) => {
    try {
      closeSync(file);
    } catch {
      // Nothing can be done about it, and what was written is written.
    }
  },
  remove: (dir, name) => {
    try {
      unlinkSync(join(dir, name));
    } catch {
      // An empty file is harmless.
    }
  },
};

/** A new file's name is durable only once its folder is. */
function syncFolder(dir: string): void {
  let folder: number | null = null;
  try {
    folder = openSync(dir, "r");
    fsyncSync(folder);
  } catch {
    // Some file systems and Windows cannot sync a folder.
  } finally {
    if (folder !== null) closeSync(folder);
  }
}
