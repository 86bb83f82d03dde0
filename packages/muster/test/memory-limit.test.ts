import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { muster } from "./fixtures/muster.ts";
import { toyProject } from "./fixtures/toy-project.ts";

const project = toyProject();
project.write(
  "prepared.yaml",
  readFileSync(project.spec, "utf8").replace(
    "range: [0, 1]}\n    - {name: depot",
    "range: [0, 1], preprocessing: [min_max]}\n    - {name: depot",
  ),
);
const run = (...args: string[]) => muster(args, project.folder);
const commands: readonly (readonly string[])[] = [
  ["measure", "roc_auc", "eval.csv", "--label", "was_late", "--score", "weight", "--by", "depot"],
  ["profile", "eval.csv"],
  ["drift", "train.csv", "eval.csv", "--columns", "weight", "depot"],
  [
    "slices",
    "eval.csv",
    "--label",
    "was_late",
    "--score",
    "weight",
    "--threshold",
    "0.5",
    "--unit",
    "id",
    "--columns",
    "depot",
  ],
  ["data", "prepare", "eval.csv", "--spec", "prepared.yaml", "-o", "prepared.parquet"],
];

describe.each(commands.map((args) => [args] as const))("muster %j --memory", (args) => {
  test("works within a limit that is enough", async () => {
    const { code, out, err } = await run(...args, "--memory", "512MiB");
    expect(err).not.toMatch(/memory/i);
    expect(out).not.toBe("");
    expect([0, 1]).toContain(code);
  });

  test("says that a limit is too little, and ends with 3", async () => {
    const { code, out, err } = await run(...args, "--memory", "1kB");
    expect(err).toMatch(/Not enough memory[\s\S]*more memory/);
    expect(err).not.toMatch(/\n\s+at .+:\d+:\d+/);
    expect(out).toBe("");
    expect(code).toBe(3);
  });

  test("takes nothing but a size", async () => {
    const { code, err } = await run(...args, "--memory", "lots");
    expect(err).toMatch(/--memory: "lots" is not a size/);
    expect(code).toBe(2);
  });
});

describe("columns that the data calls otherwise", () => {
  const names = readFileSync(project.path("train.csv"), "utf8").replace("weight", "kilograms");
  project.write("other.csv", names);
  const spec = readFileSync(project.path("prepared.yaml"), "utf8").replace(
    "{path: train.csv}",
    "{path: other.csv, rename: {weight: kilograms}}",
  );
  project.write("renamed.yaml", spec);

  test("are prepared under the spec's names, whether fitted on or written", async () => {
    for (const file of ["eval.csv", "other.csv"]) {
      const { code, err } = await run("data", "prepare", file, "--spec", "renamed.yaml", "-o", "r.parquet");
      expect(err).not.toContain("no column");
      expect(code).toBe(0);
    }
    expect(existsSync(project.path("r.parquet"))).toBe(true);
  });
});
