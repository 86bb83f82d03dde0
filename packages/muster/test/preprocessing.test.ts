import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { DuckDbEngine } from "../src/engine/duckdb/duckdb-engine.ts";
import { floats, onnxModel } from "../src/model/fixtures/onnx-graph.ts";
import { muster, start } from "./fixtures/muster.ts";
import { toyProject } from "./fixtures/toy-project.ts";

const project = toyProject();
const run = (...args: string[]) => muster(args, project.folder);
const weights = [0.9, 0.05, 0.025];
/** A linear model of prepared features: the scaled weight, and whether the depot is north or south. */
const path = project.path("features.onnx");
writeFileSync(
  path,
  onnxModel(
    [{ name: "features", datatype: "FP32", shape: ["rows", 3] }],
    [{ name: "late", datatype: "FP32", shape: ["rows", 1] }],
    {
      initializer: [floats("weights", [3, 1], weights)],
      node: [{ opType: "MatMul", input: ["features", "weights"], output: ["late"] }],
    },
  ),
);
const withSteps = readFileSync(project.spec, "utf8")
  .replace(
    "range: [0, 1]}\n    - {name: depot",
    "range: [0, 1], preprocessing: [{clip: [0, 0.9]}, min_max]}\n    - {name: depot",
  )
  .replace(
    "values: [north, south]}\n  outputs",
    "values: [north, south], preprocessing: [one_hot]}\n  outputs",
  );
project.write("muster.yaml", withSteps);

async function columns(file: string, names: readonly string[]): Promise<readonly (readonly unknown[])[]> {
  const engine = await DuckDbEngine.open({ threads: 1 });
  try {
    await engine.attach("t", project.path(file));
    const found = names.map((): unknown[] => []);
    for await (const batch of engine.scan("t", names, 1000))
      for (const [c, name] of names.entries()) found[c]?.push(...(batch.columns[name] ?? []));
    return found;
  } finally {
    await engine.close();
  }
}

const server: { child: ReturnType<typeof start> | null } = { child: null };
afterAll(() => server.child?.kill("SIGKILL"));

describe("a model that takes prepared features", () => {
  test("is checked: both sides give the same, and the model takes what is prepared", async () => {
    const { out, code } = await run("check", "--model", path, "--format", "json");
    const claims = JSON.parse(out).claims as { id: string; outcome: string; evidence: object[] }[];
    const named = (id: string) => claims.find((claim) => claim.id === id);
    expect(named("contract-inputs-weight-preprocessing")).toMatchObject({
      outcome: "kept",
      evidence: [{ label: "weight differs", value: 0, rows: 400 }],
    });
    expect(named("contract-inputs-depot-preprocessing")).toMatchObject({ outcome: "kept" });
    expect(named("contract-inputs")).toMatchObject({ outcome: "kept" });
    expect(named("contract-preprocessing")).toMatchObject({
      outcome: "kept",
      evidence: [
        { label: "weight differs", value: 0, rows: 2000 },
        { label: "depot (2 columns) differs", value: 0, rows: 2000 },
      ],
    });
    expect(code).toBe(0);
  });

  test("that takes the inputs as they come instead is held, with what to write", async () => {
    const { out, code } = await run("check", "--model", project.good);
    expect(out).toContain("{custom: name}");
    expect(code).toBe(1);
  });

  test("answers through the gateway what the prepared data says offline, row for row", async () => {
    expect((await run("release", "add", "--model", path)).out).toContain("Added r1");
    expect((await run("release", "promote", "r1")).out).toContain("r1 is live");
    const prepare = await run(
      "data",
      "prepare",
      "eval.csv",
      "--save-fitted",
      "prepared.json",
      "-o",
      "p.parquet",
    );
    expect(prepare.err).toBe("");
    expect(prepare.out).toContain("Wrote 2000 rows to p.parquet: 3 prepared columns");
    const raw = await columns("eval.csv", ["id", "weight", "depot"]);
    const names = ["weight", "depot=north", "depot=south"];
    const made = await columns("p.parquet", [...names, "id"]);
    expect(made[3]).toEqual(raw[0]);

    server.child = start(["serve", "--port", "0"], project.folder);
    let out = "";
    server.child.stdout?.on("data", (chunk) => {
      out += chunk;
    });
    while (!out.includes("Ctrl-C")) await once(server.child.stdout as NodeJS.ReadableStream, "data");
    const [, url] = /curl -s (http:\S+)\/predict/.exec(out) ?? [];
    for (let row = 0; row < 40; row += 1) {
      const response = await fetch(`${url}/predict`, {
        method: "POST",
        headers: { "x-request-id": String(raw[0]?.[row]) },
        body: JSON.stringify({ weight: raw[1]?.[row], depot: raw[2]?.[row] }),
      });
      const answer = (await response.json()) as { outputs: { late: number } };
      const offline = weights.reduce(
        (sum, weight, c) => sum + weight * Math.fround(Number(made[c]?.[row])),
        0,
      );
      expect(answer.outputs.late).toBeCloseTo(offline, 6);
    }
    const down = once(server.child, "exit");
    server.child.kill("SIGINT");
    await down;
    server.child = null;
  });

  test("leaves a journal that, prepared again, shows no skew; and a swapped column is found by name", async () => {
    const same = await run(
      "data",
      "skew",
      ".muster/journal",
      "p.parquet",
      "--on",
      "id",
      "--fitted",
      "prepared.json",
    );
    expect(same.err).toBe("");
    expect(same.out).toContain("40 rows with the same id; 0 only served, 1960 only in training's data.");
    expect(same.out).toContain("same     weight: no mismatch in 40 rows, at most 7.22 % (95 %)");
    expect(same.code).toBe(0);

    const [ids = [], weight = [], north = [], south = []] = await columns("p.parquet", [
      "id",
      "weight",
      "depot=north",
      "depot=south",
    ]);
    const lines = ids.map((id, i) =>
      JSON.stringify({
        id,
        weight: Number(weight[i]) + 1e-12,
        "depot=north": south[i],
        "depot=south": north[i],
      }),
    );
    project.write("swapped.jsonl", lines.join("\n"));
    const wrong = await run(
      "data",
      "skew",
      "swapped.jsonl",
      "p.parquet",
      "--on",
      "id",
      "--tolerance",
      "1e-9",
      "--format",
      "json",
    );
    const json = JSON.parse(wrong.out);
    expect(wrong.code).toBe(1);
    expect(json.columns).toMatchObject([
      { column: "weight", mismatches: 0, inexact: 2000 },
      { column: "depot=north", mismatches: 2000, share: 1, looks_like: "depot=south" },
      { column: "depot=south", mismatches: 2000, looks_like: "depot=north" },
    ]);
    expect(json.columns[0].upper).toBeCloseTo(1 - 0.05 ** (1 / 2000), 10);
  });

  test("a fitted file that was edited, or fitted for other steps, is refused", async () => {
    const text = readFileSync(project.path("prepared.json"), "utf8");
    project.write("edited.json", text.replace('"max":0.9', '"max":0.8'));
    const edited = await run("data", "prepare", "eval.csv", "--fitted", "edited.json", "-o", "q.parquet");
    expect(edited).toMatchObject({ code: 2 });
    expect(edited.err).toContain("was changed after it was fitted");
    project.write(
      "other.yaml",
      withSteps.replace("preprocessing: [one_hot]", "preprocessing: [trim, one_hot]"),
    );
    const other = await run(
      "data",
      "prepare",
      "eval.csv",
      "--spec",
      "other.yaml",
      "--fitted",
      "prepared.json",
      "-o",
      "q.parquet",
    );
    expect(other.err).toContain('fitted for other steps: the contract states "depot string  trim one_hot"');
  });
});
