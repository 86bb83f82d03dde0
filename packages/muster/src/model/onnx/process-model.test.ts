import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { modelConformance } from "../conformance.ts";
import { rowModel, slowModel } from "../fixtures/conformance-models.ts";
import { openOnnxModel } from "./process-model.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "muster-model-"));
  await writeFile(join(folder, "rows.onnx"), rowModel());
  await writeFile(join(folder, "slow.onnx"), slowModel());
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

modelConformance("openOnnxModel", {
  rows: () => openOnnxModel(join(folder, "rows.onnx")),
  slow: () => openOnnxModel(join(folder, "slow.onnx"), { killAfterMs: 50 }),
});
