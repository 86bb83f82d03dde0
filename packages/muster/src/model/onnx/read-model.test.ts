import { execFileSync } from "node:child_process";
import { mkdir, symlink } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { externalModel, rowModel } from "../fixtures/conformance-models.ts";
import { scratchFolder } from "../fixtures/scratch-folder.ts";
import { externalLocations } from "./external-data.ts";
import { digestOfModel } from "./model-bytes.ts";
import { readModel } from "./read-model.ts";

const scratch = scratchFolder();
const limit = 2 ** 30;
const weights = new Uint8Array(new Float32Array([1, 2]).buffer);

function unreadable(message: RegExp) {
  return { name: "MusterError", code: "model/unreadable", message: expect.stringMatching(message) };
}

test("the digest of a model is the SHA-256 of its file", () => {
  // The example of FIPS 180-4 for the message "abc".
  expect(digestOfModel({ bytes: Buffer.from("abc"), parts: [] })).toBe(
    "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});

test("what is no readable file is refused with the reason", async () => {
  await mkdir(scratch.path("folder.onnx"));
  execFileSync("mkfifo", [scratch.path("pipe.onnx")]);
  await expect(readModel(scratch.path("none.onnx"), limit)).rejects.toMatchObject(
    unreadable(/there is no such file/),
  );
  await expect(readModel(scratch.path("folder.onnx"), limit)).rejects.toMatchObject(
    unreadable(/not a file|directory/),
  );
  await expect(readModel(scratch.path("pipe.onnx"), limit)).rejects.toMatchObject(unreadable(/not a file/));
  const empty = await scratch.write("empty.onnx", "");
  await expect(readModel(empty, limit)).rejects.toMatchObject(unreadable(/empty/));
});

test("a model at the limit is read, one beyond it is not", async () => {
  const bytes = rowModel();
  const path = await scratch.write("limit.onnx", bytes);
  expect((await readModel(path, bytes.length)).bytes.length).toBe(bytes.length);
  await expect(readModel(path, bytes.length - 1)).rejects.toMatchObject(
    unreadable(/larger than the limit of \d+ bytes/),
  );
});

test.each([
  ["text", "this is no model at all, it is text"],
  ["a zip archive", "PK\u0003\u0004 and what zip archives hold"],
  ["a format of the runtime's own", "\u0018\0\0\0ORTM and so on"],
])("%s is told from an ONNX model", async (_what, content) => {
  const path = await scratch.write("other.onnx", content);
  await expect(readModel(path, limit)).rejects.toMatchObject(
    unreadable(/not an ONNX model, or only a part of one/),
  );
});

test("a model cut off at any byte within its graph is refused before the runtime sees it", () => {
  const bytes = rowModel();
  // What follows the graph is the list of operator sets; without it the runtime itself refuses.
  const graphEnd = bytes.length - 30;
  for (let end = 1; end < graphEnd; end++) {
    expect(() => externalLocations(bytes.subarray(0, end)), `cut at ${end}`).toThrow(/only a part of one/);
  }
});

test("random bytes never make the reader throw anything but model/unreadable", () => {
  const bytes = rowModel();
  let refused = 0;
  for (let at = 0; at < bytes.length; at++) {
    const changed = Uint8Array.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 0xff;
    try {
      externalLocations(changed);
    } catch (error) {
      expect(error).toMatchObject({ code: "model/unreadable" });
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(0);
});

test("nesting deeper than the runtime's own parser goes is refused, not recursed into", () => {
  let inner = Uint8Array.of();
  const wrap = (field: number): void => {
    const length = [inner.length & 0x7f];
    for (let rest = inner.length >>> 7; rest > 0; rest >>>= 7) {
      length[length.length - 1] = (length.at(-1) ?? 0) | 0x80;
      length.push(rest & 0x7f);
    }
    inner = Uint8Array.from([(field << 3) | 2, ...length, ...inner]);
  };
  // graph.node.attribute.graph.node.attribute ..., within the model's own field 7.
  for (let level = 0; level < 100; level++) for (const field of [6, 5, 1]) wrap(field);
  wrap(7);
  expect(() => externalLocations(inner)).toThrow(/nested deeper/);
});

test("weights in a file beside the model are read and pinned with it", async () => {
  const path = await scratch.write("external.onnx", externalModel("w.bin"));
  await scratch.write("w.bin", weights);
  const model = await readModel(path, limit);
  expect(model.parts).toMatchObject([{ path: "w.bin", data: Buffer.from(weights) }]);
  const { digest } = model;
  expect(digestOfModel(model)).toBe(digest);
  await scratch.write(
    "w.bin",
    weights.map((byte) => byte ^ 1),
  );
  expect((await readModel(path, limit)).digest).not.toBe(digest);
});

test("weights outside of the model's folder are refused, however they are named", async () => {
  await mkdir(scratch.path("inside"));
  await scratch.write("secret.bin", weights);
  await symlink(scratch.path("secret.bin"), scratch.path("inside/link.bin"));
  await symlink(scratch.path("."), scratch.path("inside/up"));
  const names = [
    "../secret.bin",
    scratch.path("secret.bin"),
    "link.bin",
    "up/secret.bin",
    "a/../../secret.bin",
    "",
    ".",
    "..",
    "w\0.bin",
  ];
  for (const location of names) {
    const path = await scratch.write("inside/model.onnx", externalModel(location));
    await expect(readModel(path, limit), location).rejects.toMatchObject(
      unreadable(/not inside the model's folder/),
    );
  }
});

test("weights that are not there are named", async () => {
  const path = await scratch.write("without.onnx", externalModel("gone.bin"));
  await expect(readModel(path, limit)).rejects.toMatchObject(
    unreadable(/"gone.bin" cannot be read: there is no such file/),
  );
});

test.each(["branch", "constant"] as const)(
  "a %s with weights in another file is refused: the runtime would take them from wherever it is started",
  async (where) => {
    await scratch.write("c.bin", weights);
    const path = await scratch.write("constant.onnx", externalModel("c.bin", where));
    await expect(readModel(path, limit)).rejects.toMatchObject(unreadable(/keeps a constant, or weights/));
  },
);

describe("a tensor whose place can be read in two ways", () => {
  const field = (number: number, data: readonly number[]): number[] => [
    (number << 3) | 2,
    data.length,
    ...data,
  ];
  const ascii = (data: string): number[] => [...Buffer.from(data)];
  const location = (path: string): number[] =>
    field(13, [...field(1, ascii("location")), ...field(2, ascii(path))]);
  const modelWith = (tensor: readonly number[]): Uint8Array => Uint8Array.from(field(7, field(5, tensor)));
  const external = [14 << 3, 1];

  test("is in another file when a later field of another kind only seems to take that back", () => {
    expect(externalLocations(modelWith([...external, ...location("a"), ...field(14, [0])]))).toEqual(["a"]);
    expect(externalLocations(modelWith([...external, ...location("a"), 14 << 3, 0]))).toEqual(["a"]);
  });

  test("is in another file when the number that says so has bits beyond the 32 that are read", () => {
    const beyond = [14 << 3, 0x81, 0x80, 0x80, 0x80, 0x10];
    expect(externalLocations(modelWith([...beyond, ...location("a")]))).toEqual(["a"]);
  });

  test("is in each of the files that it names", () => {
    const tensor = [...external, ...location("a"), ...location("b")];
    expect(externalLocations(modelWith(tensor))).toEqual(["a", "b"]);
  });

  test("is refused when its text is not text", () => {
    const broken = field(13, [...field(1, ascii("location")), ...field(2, [0xff])]);
    expect(() => externalLocations(modelWith([...external, ...broken]))).toThrow(/broken text/);
    const marked = field(13, [...field(1, ascii("location")), ...field(2, ascii("\ufeffa"))]);
    expect(externalLocations(modelWith([...external, ...marked]))).toEqual(["\ufeffa"]);
  });

  test("is in this file when it says nothing else", () => {
    expect(externalLocations(modelWith(location("a")))).toEqual([]);
  });
});
