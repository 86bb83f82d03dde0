import { createHash } from "node:crypto";

/** A model as it was read, once: what is hashed is what is loaded, whatever happens to the files meanwhile. */
export interface ModelBytes {
  readonly bytes: Uint8Array;
  /** Weights that the model keeps in files of their own, by the location that it names them by, sorted by it. */
  readonly parts: readonly { readonly path: string; readonly data: Uint8Array }[];
}

/**
 * `sha256:` of the file's bytes. A model with weights in files of its own is only pinned when those are, too: then
 * it is the digest of the digests, one line `<hex>  <location>` for each file as `sha256sum` prints them, the
 * model itself first with an empty location.
 */
export function digestOfModel(model: ModelBytes): string {
  const parts = model.parts.map(({ path, data }) => ({ path, sha256: sha256(data) }));
  return digestOfDigests(sha256(model.bytes), parts);
}

/** The same, where each file was hashed while it was read. */
export function digestOfDigests(
  own: string,
  parts: readonly { readonly path: string; readonly sha256: string }[],
): string {
  if (parts.length === 0) return `sha256:${own}`;
  const lines = parts.map((part) => `${part.sha256}  ${part.path}\n`);
  return `sha256:${sha256([`${own}  \n`, ...lines].join(""))}`;
}

export function sizeOfModel(model: ModelBytes): number {
  return model.parts.reduce((sum, part) => sum + part.data.byteLength, model.bytes.byteLength);
}

function sha256(data: Uint8Array | string): string {
  return createHash("sha256").update(data).digest("hex");
}
