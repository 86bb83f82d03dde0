import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { RowCode } from "../checks/metrics/row-code.ts";
import type { Engine } from "../engine/engine.ts";
import type { Judge } from "../judge/judge.ts";
import type { Model } from "../model/model.ts";
import type { ReadModel } from "../model/onnx/read-model.ts";
import { MusterError } from "../source/muster-error.ts";
import type { Store } from "../store/store.ts";
import type { JudgeConfig } from "./judge-config.ts";
import { systemReason } from "./system-reason.ts";

// The only file that chooses adapters. Each is loaded when it is first needed: `lint` must not wait for a database.

export async function openEngine(
  options: { memory?: string; digests?: "content" | "stamps" } = {},
): Promise<Engine> {
  const { DuckDbEngine } = await import("../engine/duckdb/duckdb-engine.ts");
  const { memory, digests = "content" } = options;
  const limit = memory === undefined ? {} : { memoryLimit: memory };
  return DuckDbEngine.open({ ...limit, digests, tempDirectory: temporaryFolder() });
}

/** Gone with this process, also where a second Ctrl-C leaves no time for the engine to close. */
function temporaryFolder(): string {
  try {
    const folder = mkdtempSync(join(resolve(tmpdir()), "muster-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    return folder;
  } catch (cause) {
    const reason = systemReason(cause);
    throw new MusterError("engine/failed", `No temporary folder can be made in ${tmpdir()}: ${reason}.`, {
      cause,
      hint: "Name a folder that can be written to in the environment variable TMPDIR.",
    });
  }
}

export async function openStore(folder: string): Promise<Store> {
  const { openSqliteStore } = await import("../store/sqlite.ts");
  return openSqliteStore(folder);
}

/** For commands that only look: where there is no store yet an empty one, which leaves nothing behind. */
export async function openStoreToRead(folder: string): Promise<Store> {
  // The log counts, too: a store whose file is gone is damaged, not empty.
  const there = ["store.db", "store.db-wal"].some((name) => existsSync(join(folder, name)));
  if (there) return openStore(folder);
  const { openMemoryStore } = await import("../store/memory.ts");
  return openMemoryStore();
}

export interface ModelUse {
  /** Scoring a table uses all cores in one process; serving uses single-threaded processes. */
  readonly purpose: "score" | "serve";
  readonly expectedDigest?: string;
  readonly processes?: number;
}

export async function openModel(path: string, use: ModelUse): Promise<Model> {
  const { openOnnxModel } = await import("../model/onnx/process-model.ts");
  const { availableParallelism } = await import("node:os");
  const expected = use.expectedDigest === undefined ? {} : { expectedDigest: use.expectedDigest };
  return use.purpose === "score"
    ? openOnnxModel(path, { processes: 1, threads: availableParallelism(), ...expected })
    : openOnnxModel(path, { processes: use.processes ?? 1, threads: 1, ...expected });
}

/** Largest model in bytes, with weights in files of their own; what `openOnnxModel` takes as well. */
const largestModel = 2 * 2 ** 30;

/** A model's file and the weights that it keeps in other files, read once. Throws `model/unreadable`. */
export async function readModelFiles(path: string): Promise<ReadModel> {
  const { readModel } = await import("../model/onnx/read-model.ts");
  return readModel(path, largestModel);
}

/** A metric that is a file of code, run only when the user allows it; `cli/metric-module.ts` says what it may export. */
export async function openMetricModule(path: string, folder: string, allowed: boolean): Promise<RowCode> {
  const { loadMetricModule } = await import("./metric-module.ts");
  return loadMetricModule(path, folder, allowed);
}

/** A judge behind an address. Its key is taken from the environment, and is missing only where none is named. */
export async function openJudge(
  config: Pick<JudgeConfig, "address" | "model" | "key" | "rubric" | "scale" | "retries" | "timeout_ms">,
): Promise<Judge> {
  const key = config.key === undefined ? null : (process.env[config.key] ?? "");
  if (key === "") {
    throw new MusterError("call/bad-argument", `The environment variable ${config.key} holds no key.`, {
      hint: "Set it, or leave key out for a judge that needs none.",
    });
  }
  const { openAiJudge } = await import("../judge/openai/openai-judge.ts");
  const { address, model, rubric, scale, retries, timeout_ms: timeoutMs } = config;
  return openAiJudge({ address, model, rubric, scale, key, timeoutMs, retries });
}
