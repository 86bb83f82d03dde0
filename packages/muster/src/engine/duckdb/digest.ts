import { createHash, type Hash } from "node:crypto";
import { open } from "node:fs/promises";
import { relative, sep } from "node:path";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { MusterError } from "../../source/muster-error.ts";
import { codeOf, systemReason, type TableFiles, unreadable } from "./files.ts";

export interface FilesRead {
  /** `sha256:` of one file's bytes, or for several files of their sorted relative names and digests. */
  readonly digest: string;
  /** The beginning of the first file as text, unpacked, where a header may stand there: enough for that of a table. */
  readonly beginning: string;
}

/** Room for some ten thousand column names. */
const beginningBytes = 1 << 20;

const partBytes = 1 << 20;

/** Reads every byte once. A gzip file that is cut off is found here, as DuckDB would read what is left of it. */
export async function readFiles(files: TableFiles, signal?: AbortSignal): Promise<FilesRead> {
  const read: { readonly name: string; readonly digest: string; readonly beginning: string }[] = [];
  for (const [i, path] of files.paths.entries()) {
    const name = relative(files.root, path).replaceAll(sep, "/");
    try {
      read.push({ name, ...(await readFile(path, i === 0 && files.format === "csv", signal)) });
    } catch (caught) {
      if (signal?.aborted)
        throw new MusterError("cancelled", "Cancelled while reading a table.", { cause: caught });
      throw unreadable(files.address, reason(caught), caught);
    }
  }
  const beginning = read[0]?.beginning ?? "";
  const [only] = read;
  if (!files.many && only !== undefined) return { digest: `sha256:${only.digest}`, beginning };
  const all = createHash("sha256");
  for (const { name, digest } of read) all.update(`${JSON.stringify(name)} ${digest}\n`);
  return { digest: `sha256:${all.digest("hex")}`, beginning };
}

function reason(caught: unknown): string {
  const code = codeOf(caught);
  if (code === "Z_BUF_ERROR") return "it is cut off: the gzip data has no end";
  return code.startsWith("Z_") ? "it is not a sound gzip file" : systemReason(code);
}

async function readFile(
  path: string,
  wantBeginning: boolean,
  signal: AbortSignal | undefined,
): Promise<{ readonly digest: string; readonly beginning: string }> {
  const hash = createHash("sha256");
  const kept: Buffer[] = [];
  let room = wantBeginning ? beginningBytes : 0;
  const keep = (part: Buffer): void => {
    if (room > 0) kept.push(Buffer.from(part.subarray(0, room)));
    room -= part.length;
  };
  if (path.toLowerCase().endsWith(".gz")) {
    const gunzip = createGunzip();
    const source = Readable.from(hashed(path, hash, signal, (part) => Buffer.from(part)));
    source.on("error", (error) => gunzip.destroy(error));
    for await (const part of source.pipe(gunzip)) keep(part);
  } else {
    for await (const _ of hashed(path, hash, signal, keep));
  }
  return { digest: hash.digest("hex"), beginning: Buffer.concat(kept).toString("utf8") };
}

/** What `each` makes of each part of a file; the part itself is good until the next one is asked for. */
async function* hashed<T>(
  path: string,
  hash: Hash,
  signal: AbortSignal | undefined,
  each: (part: Buffer) => T,
): AsyncGenerator<T> {
  const file = await open(path);
  try {
    // Two buffers in turn: one is filled while the other is hashed.
    let [filling, hashing] = [Buffer.allocUnsafeSlow(partBytes), Buffer.allocUnsafeSlow(partBytes)];
    const fill = (): ReturnType<typeof file.read> => {
      const filled = file.read(filling, 0, partBytes);
      // It may fail before anybody waits for it.
      filled.catch(() => undefined);
      return filled;
    };
    let reading = fill();
    for (;;) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) return;
      signal?.throwIfAborted();
      [filling, hashing] = [hashing, filling];
      reading = fill();
      const part = hashing.subarray(0, bytesRead);
      hash.update(part);
      yield each(part);
    }
  } finally {
    await file.close();
  }
}
