import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { relative, sep } from "node:path";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { MusterError } from "../../source/muster-error.ts";
import { codeOf, systemReason, type TableFiles, unreadable } from "./files.ts";

export interface FilesRead {
  /** `sha256:` of one file's bytes, or for several files of their sorted relative names and digests. */
  readonly digest: string;
  /** The beginning of the first file as text, unpacked: enough for the header of a table. */
  readonly beginning: string;
}

/** Room for some ten thousand column names. */
const beginningBytes = 1 << 20;

/** Reads every byte once. A gzip file that is cut off is found here, as DuckDB would read what is left of it. */
export async function readFiles(files: TableFiles, signal?: AbortSignal): Promise<FilesRead> {
  const read: { readonly name: string; readonly digest: string; readonly beginning: string }[] = [];
  for (const [i, path] of files.paths.entries()) {
    const name = relative(files.root, path).replaceAll(sep, "/");
    try {
      read.push({ name, ...(await readFile(path, i === 0, signal)) });
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
    if (room > 0) kept.push(part.subarray(0, room));
    room -= part.length;
  };
  const packed = path.toLowerCase().endsWith(".gz");
  async function* hashed(): AsyncGenerator<Buffer> {
    const bytes = createReadStream(path, {
      highWaterMark: 1 << 20,
      ...(signal === undefined ? {} : { signal }),
    });
    for await (const part of bytes) {
      hash.update(part);
      if (!packed) keep(part);
      yield part;
    }
  }
  if (packed) {
    const source = Readable.from(hashed());
    const gunzip = createGunzip();
    source.on("error", (error) => gunzip.destroy(error));
    for await (const part of source.pipe(gunzip)) keep(part);
  } else {
    for await (const _ of hashed());
  }
  return { digest: hash.digest("hex"), beginning: Buffer.concat(kept).toString("utf8") };
}
