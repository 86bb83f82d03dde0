import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { INPUTS, OUTPUT } from "./contract.ts";
import { bytesDigest } from "./data/file-digest.ts";

const here = (path: string): URL => new URL(`../${path}`, import.meta.url);

interface Spec {
  readonly contract: {
    readonly inputs: readonly {
      readonly name: string;
      readonly type: string;
      readonly required: boolean;
      readonly missing?: { readonly default: number };
    }[];
    readonly outputs: readonly { readonly name: string }[];
  };
}

test("muster.yaml declares the inputs that the models are trained on, with the same stand-ins", async () => {
  const spec = parse(await readFile(here("muster.yaml"), "utf8")) as Spec;
  expect(
    spec.contract.inputs.map(({ name, type, required, missing }) => [name, type, required, missing?.default]),
  ).toEqual(INPUTS.map(({ name, type, standIn }) => [name, type, standIn === undefined, standIn]));
  expect(spec.contract.outputs.map(({ name }) => name)).toEqual([OUTPUT]);
});

test("the committed models are those of the committed digests", async () => {
  const digests = JSON.parse(await readFile(here("models/digests.json"), "utf8")) as Record<string, string>;
  expect(Object.keys(digests)).toEqual(["simple", "recent"]);
  for (const [name, digest] of Object.entries(digests)) {
    expect(bytesDigest(await readFile(here(`models/${name}.onnx`)))).toBe(digest);
  }
});
