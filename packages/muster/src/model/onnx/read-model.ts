import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { open, realpath } from "node:fs/promises";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { MusterError } from "../../source/muster-error.ts";
import { quoted } from "../check-inputs.ts";
import { externalLocations } from "./external-data.ts";
import { digestOfDigests, type ModelBytes } from "./model-bytes.ts";

/** What `digestOfModel` would say of a model is known from reading it. */
export interface ReadModel extends ModelBytes {
  readonly digest: string;
}

interface HashedFile {
  readonly data: Uint8Array;
  readonly sha256: string;
}

/** A model may be opened while others serve: between two steps of a few milliseconds everything else has its turn. */
const STEP = 4 * 2 ** 20;

/**
 * Reads an ONNX file, and the weights that it keeps in other files as long as these lie in its folder or below
 * (links are followed first). `maxBytes` bounds all of it together. Throws `model/unreadable` with a plain reason.
 */
export async function readModel(path: string, maxBytes: number): Promise<ReadModel> {
  let left = maxBytes;
  const take = async (file: string, name: string): Promise<HashedFile> => {
    const read = await readWhole(file, name, left, maxBytes);
    left -= read.data.byteLength;
    return read;
  };
  const { data: bytes, sha256 } = await take(path, path);
  const locations = locationsOf(path, bytes);
  if (locations.length === 0) return { bytes, parts: [], digest: digestOfDigests(sha256, []) };
  const folder = dirname(await realpath(path).catch((error: unknown) => unreadable(path, reason(error))));
  const parts: ({ readonly path: string } & HashedFile)[] = [];
  for (const location of [...locations].sort()) {
    const file = await insideFolder(path, folder, location);
    parts.push({ path: location, ...(await take(file, location)) });
  }
  return { bytes, parts, digest: digestOfDigests(sha256, parts) };
}

function locationsOf(path: string, bytes: Uint8Array): readonly string[] {
  try {
    return externalLocations(bytes);
  } catch (error) {
    const { code, message, hint } = MusterError.from(error);
    throw new MusterError(code, `${path}: ${message}`, hint === undefined ? {} : { hint });
  }
}

async function insideFolder(path: string, folder: string, location: string): Promise<string> {
  const outside = `it keeps weights in ${quoted(location)}, which is not inside the model's folder`;
  const inFolder = (file: string): boolean => {
    const way = relative(folder, file);
    return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  };
  const named = resolve(folder, location);
  if (location.includes("\0") || isAbsolute(location) || !inFolder(named)) return unreadable(path, outside);
  const real = await realpath(named).catch((error: unknown) =>
    unreadable(path, `its weights ${quoted(location)} cannot be read: ${reason(error)}`),
  );
  return inFolder(real) ? real : unreadable(path, outside);
}

async function readWhole(file: string, name: string, left: number, maxBytes: number): Promise<HashedFile> {
  // Without O_NONBLOCK opening a named pipe would wait for a writer for ever.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
  const handle = await open(file, flags).catch((error: unknown) => unreadable(name, reason(error)));
  try {
    const found = await handle.stat();
    if (!found.isFile()) return unreadable(name, "it is not a file");
    if (found.size === 0) return unreadable(name, "the file is empty");
    if (found.size > left) {
      return unreadable(name, `it is larger than the limit of ${maxBytes} bytes for a model`);
    }
    const bytes = Buffer.allocUnsafeSlow(found.size);
    const hash = createHash("sha256");
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await handle.read(bytes, filled, Math.min(STEP, bytes.length - filled), filled);
      if (bytesRead === 0) return unreadable(name, "it became shorter while it was being read");
      hash.update(bytes.subarray(filled, filled + bytesRead));
      filled += bytesRead;
    }
    return { data: bytes, sha256: hash.digest("hex") };
  } catch (error) {
    if (error instanceof MusterError) throw error;
    return unreadable(name, reason(error));
  } finally {
    await handle.close();
  }
}

function unreadable(name: string, why: string): never {
  throw new MusterError("model/unreadable", `${name} cannot be used as a model: ${why}.`);
}

function reason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT" || code === "ENOTDIR") return "there is no such file";
  if (code === "EACCES" || code === "EPERM") return "it may not be read by this user";
  if (code === "EISDIR") return "it is a directory";
  return error instanceof Error ? error.message : String(error);
}
