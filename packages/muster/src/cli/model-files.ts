import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { MusterError } from "../source/muster-error.ts";
import { systemReason } from "./system-reason.ts";
import { readModelFiles } from "./wire.ts";

/**
 * The digest that a model is known by, and its bytes; weights that it keeps in files of their own are part of both.
 * What is no model has the digest of its bytes: that it cannot be opened is for the claims to say. Throws
 * `call/not-found` for what cannot be read at all.
 */
export async function identifyModel(path: string): Promise<{ digest: string; bytes: number }> {
  const plain = await digestOfFile(path);
  const read = await readModelFiles(path).catch((caught: unknown) => {
    if (caught instanceof MusterError && caught.code === "model/unreadable") return null;
    throw caught;
  });
  if (read === null) return plain;
  return {
    digest: read.digest,
    bytes: read.parts.reduce((sum, part) => sum + part.data.length, read.bytes.length),
  };
}

/**
 * Puts a model into the store's folder under its digest and returns where it lies there: as one file, or as a folder
 * with its weights beside it. Written under another name and moved when it is on the disk: whole or not at all.
 */
export async function storeModel(
  model: { readonly path: string; readonly digest: string },
  folder: string,
): Promise<string> {
  const read = await readModelFiles(model.path);
  if (read.digest !== model.digest) {
    throw new MusterError("call/bad-argument", `${model.path} changed while it was being released.`, {
      hint: "Run the command again.",
    });
  }
  const name = model.digest.slice("sha256:".length);
  const single = read.parts.length === 0;
  const place = join("models", single ? `${name}.onnx` : name);
  const target = resolve(folder, place);
  const partial = `${target}.${process.pid}.partial`;
  try {
    if (single) await writeThrough(partial, read.bytes);
    else {
      await writeThrough(join(partial, "model.onnx"), read.bytes);
      for (const { path, data } of read.parts) await writeThrough(resolve(partial, path), data);
      // A folder cannot be moved onto another one; what lies there under this digest is the same or damaged.
      await rm(target, { recursive: true, force: true });
    }
    await rename(partial, target);
  } catch (caught) {
    throw new MusterError("store/failed", `The model cannot be kept in ${folder}: ${systemReason(caught)}.`, {
      cause: caught,
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return single ? place : join(place, "model.onnx");
}

async function writeThrough(path: string, data: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, "w", 0o600);
  try {
    await file.writeFile(data);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function digestOfFile(path: string): Promise<{ digest: string; bytes: number }> {
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(path)) {
      hash.update(chunk as Buffer);
      bytes += (chunk as Buffer).length;
    }
  } catch (cause) {
    throw new MusterError("call/not-found", `The model ${path} cannot be read: ${systemReason(cause)}.`, {
      cause,
    });
  }
  return { digest: `sha256:${hash.digest("hex")}`, bytes };
}
