import { execFile, spawn } from "node:child_process";
import { cpSync, existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { ENDLESS } from "../conformance.ts";
import { rowModel, slowModel } from "../fixtures/conformance-models.ts";
import { isRunning } from "../fixtures/is-running.ts";
import { scratchFolder } from "../fixtures/scratch-folder.ts";
import { rowInputs, turns, valuesOf } from "../fixtures/tensors.ts";
import { childEntry } from "./child-entry.ts";
import { digestOfModel } from "./model-bytes.ts";
import { ModelPool } from "./model-pool.ts";
import { ModelProcess } from "./model-process.ts";
import { openOnnxModel } from "./process-model.ts";

const scratch = scratchFolder();
const limits = { killAfterMs: undefined, queuedRuns: 100, queuedBytes: 2 ** 20 };

async function goneWithin(pid: number, ms: number): Promise<boolean> {
  const end = performance.now() + ms;
  while (isRunning(pid) && performance.now() < end) await sleep(20);
  return !isRunning(pid);
}

/** A pool of real processes, with their pids. */
async function poolOf(bytes: Uint8Array, processes: number, killAfterMs?: number) {
  const model = { bytes, parts: [] };
  const options = { threads: 1, digest: digestOfModel(model), loadTimeoutMs: 20_000 };
  const pids: number[] = [];
  const start = async () => {
    const started = await ModelProcess.start(model, options);
    pids.push(started.pid ?? 0);
    return started;
  };
  const started = await Promise.all(Array.from({ length: processes }, start));
  return { pids, pool: new ModelPool(started, start, { ...limits, killAfterMs }) };
}

describe("a model's process", () => {
  test("killed in a run, it costs nothing: the run is answered by the next one", async () => {
    const { pool, pids } = await poolOf(slowModel(), 1);
    const run = pool.run(turns(40_000), 1, {});
    await sleep(30);
    process.kill(pids[0] ?? 0, "SIGKILL");
    expect(valuesOf(await run, "turns_out")).toEqual([40_000]);
    expect(pids).toHaveLength(2);
    await pool.close();
    expect(pids.filter(isRunning)).toEqual([]);
  });

  test("killed in both tries, its run fails and says why, and the next run works", async () => {
    const { pool, pids } = await poolOf(slowModel(), 1);
    const run = pool.run(turns(ENDLESS), 1, {});
    const failed = expect(run).rejects.toMatchObject({
      code: "model/failed",
      message: "The model's process died in this run: it was ended by SIGKILL.",
    });
    process.kill(pids[0] ?? 0, "SIGKILL");
    while (pids.length < 2) await sleep(10);
    process.kill(pids[1] ?? 0, "SIGKILL");
    await failed;
    expect(valuesOf(await pool.run(turns(1), 1, {}), "turns_out")).toEqual([1]);
    await pool.close();
  });

  test("a run that hangs is killed after its caller left, while other runs go on beside it", async () => {
    const { pool, pids } = await poolOf(slowModel(), 2, 150);
    const hung = pool.run(turns(ENDLESS), 1, { timeoutMs: 30 });
    const late = expect(hung).rejects.toMatchObject({ code: "model/timeout" });
    const answers = await Promise.all(
      [1, 2, 3, 4].map((count) => pool.run(turns(count), 1, { timeoutMs: 5_000 })),
    );
    expect(answers.map((outputs) => valuesOf(outputs, "turns_out"))).toEqual([[1], [2], [3], [4]]);
    await late;
    const started = performance.now();
    while (pids.length < 3 && performance.now() - started < 5_000) await sleep(10);
    expect(pids.slice(0, 2).filter(isRunning)).toHaveLength(1);
    await pool.close();
    expect(pids.filter(isRunning)).toEqual([]);
  });

  test("its environment holds nothing of the parent's but what loading a library takes", async () => {
    process.env.MUSTER_TEST_SECRET = "secret";
    const { pool, pids } = await poolOf(rowModel(), 1);
    delete process.env.MUSTER_TEST_SECRET;
    const file = `/proc/${pids[0]}/environ`;
    if (existsSync(file)) {
      const names = readFileSync(file, "utf8")
        .split("\0")
        .filter(Boolean)
        .map((line) => line.split("=")[0]);
      const allowed = ["PATH", "LD_LIBRARY_PATH", "NODE_CHANNEL_FD", "NODE_CHANNEL_SERIALIZATION_MODE"];
      expect(names.filter((name) => !allowed.includes(name ?? ""))).toEqual([]);
    }
    await pool.close();
  });

  test("signals to the whole group leave it to its parent when it ends", async () => {
    const { pool, pids } = await poolOf(rowModel(), 1);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.kill(pids[0] ?? 0, signal);
    expect(valuesOf(await pool.run(rowInputs([[1, 2, 3, "a"]]), 1, {}), "sum")).toEqual([3]);
    expect(pids).toHaveLength(1);
    await pool.close();
  });

  test("bytes that are not those of the digest are not loaded", async () => {
    const digest = `sha256:${"0".repeat(64)}`;
    const start = ModelProcess.start(
      { bytes: rowModel(), parts: [] },
      { threads: 1, digest, loadTimeoutMs: 20_000 },
    );
    await expect(start).rejects.toMatchObject({
      code: "model/unreadable",
      message: expect.stringMatching(/changed/),
    });
  });

  test("a load that takes too long is ended", async () => {
    const model = { bytes: rowModel(), parts: [] };
    const start = ModelProcess.start(model, { threads: 1, digest: digestOfModel(model), loadTimeoutMs: 1 });
    await expect(start).rejects.toMatchObject({
      code: "model/unreadable",
      message: expect.stringMatching(/after 1 ms/),
    });
  });

  test("what cannot be sent to it fails alone", async () => {
    const model = await openOnnxModel(await scratch.write("rows.onnx", rowModel()));
    const [x, choice, label] = rowInputs([[1, 2, 3, "a"]]);
    const odd = { ...label, data: [() => "a"] as unknown as string[] };
    const inputs = [x, choice, odd] as Parameters<typeof model.run>[0];
    await expect(model.run(inputs)).rejects.toMatchObject({ code: "model/bad-input" });
    const number = { ...label, data: [1] as unknown as string[] };
    const numbers = [x, choice, number] as Parameters<typeof model.run>[0];
    await expect(model.run(numbers)).rejects.toMatchObject({ code: "model/bad-input" });
    expect(valuesOf(await model.run(rowInputs([[1, 2, 3, "a"]])), "sum")).toEqual([3]);
    await model.close();
  });
});

describe("a program with an open model", () => {
  /** Runs a program beside the built package; its first line of output is handed to `then`. */
  const program = (
    lines: readonly string[],
    open = join(dirname(childEntry()), "process-model.js"),
  ): string =>
    [
      `import { openOnnxModel } from ${JSON.stringify(pathToFileURL(open).href)};`,
      `const turns = (n) => [{ name: "turns", datatype: "INT64", shape: [1, 1], data: Float64Array.of(n) }];`,
      ...lines,
    ].join("\n");
  const asNode = (source: string) =>
    promisify(execFile)(process.execPath, ["--input-type=module", "-e", source]);

  test("ends by itself when its work is done, even if it never closes the model", async () => {
    const path = await scratch.write("slow.onnx", slowModel());
    const { stdout } = await asNode(
      program([
        `const model = await openOnnxModel(${JSON.stringify(path)});`,
        `const [answer] = await model.run(turns(3));`,
        `console.log(answer.data[0]);`,
      ]),
    );
    expect(stdout).toBe("3\n");
  });

  test.each([
    ["while the model is idle", 1],
    ["in the midst of a run that would never end", ENDLESS],
  ])("leaves no process behind when it is killed %s", async (_when, count) => {
    const path = await scratch.write("endless.onnx", slowModel());
    const source = program([
      `import { execFileSync } from "node:child_process";`,
      `const model = await openOnnxModel(${JSON.stringify(path)});`,
      `model.run(turns(${count})).catch(() => {});`,
      `setTimeout(() => console.log(execFileSync("pgrep", ["-P", String(process.pid)], { encoding: "utf8" }).split("\\n")[0]), 50);`,
    ]);
    const parent = spawn(process.execPath, ["--input-type=module", "-e", source], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const said = await new Promise<string>((resolve) =>
      parent.stdout.once("data", (data) => resolve(String(data))),
    );
    const pid = Number(said);
    expect(isRunning(pid)).toBe(true);
    parent.kill("SIGKILL");
    expect(await goneWithin(pid, 5_000)).toBe(true);
  });

  test("is told what to install when the runtime is not there", async () => {
    const bare = scratch.path("bare");
    const dist = join(dirname(childEntry()), "../..");
    cpSync(dist, join(bare, "dist"), { recursive: true });
    await scratch.write("bare/package.json", '{"type":"module"}');
    const path = await scratch.write("runtime.onnx", rowModel());
    const source = program(
      [
        `await openOnnxModel(${JSON.stringify(path)}).catch((error) => console.log(error.code, error.message, error.hint));`,
      ],
      join(bare, "dist/model/onnx/process-model.js"),
    );
    const { stdout } = await asNode(source);
    expect(stdout).toMatch(/^model\/missing-runtime .*onnxruntime-node.*npm install onnxruntime-node/);
  });
});
