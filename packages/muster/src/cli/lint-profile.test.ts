import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { toy, toySpec } from "../evaluate/fixtures/toy.ts";
import { profileSource } from "./lint-profile.ts";
import type { Terminal } from "./terminal.ts";

const cwd = mkdtempSync(join(tmpdir(), "muster-lint-profile-"));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));
const terminal = { cwd, progress: () => undefined } as unknown as Terminal;

test("each spec's inputs are profiled under its own names for the columns", async () => {
  writeFileSync(join(cwd, "train.csv"), "kilograms,depot\n0.5,north\n0.25,south\n");
  const source = await profileSource("train.csv", terminal);
  try {
    const { spec } = toy(
      toySpec.replace("{path: training}", "{path: training, rename: {weight: kilograms}}"),
    );
    const renamed = await source.of(spec);
    expect(Object.keys(renamed?.inputs ?? {}).sort()).toEqual(["depot", "weight"]);
    const plain = await source.of(toy().spec);
    expect(Object.keys(plain?.inputs ?? {})).toEqual(["depot"]);
  } finally {
    await source.close();
  }
});
