import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

/** `sha256:` and the digest of a file's bytes; undefined where there is no such file. */
export async function fileDigest(path: string): Promise<string | undefined> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  return `sha256:${hash.digest("hex")}`;
}

/** The same of bytes at hand. */
export function bytesDigest(bytes: Uint8Array): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
