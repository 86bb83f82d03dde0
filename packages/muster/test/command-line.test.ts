import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { muster } from "./fixtures/muster.ts";
import { toyProject } from "./fixtures/toy-project.ts";

const project = toyProject();
const run = (...args: string[]) => muster(args, project.folder);
/** 30 February, which JavaScript reads as 1 or 2 March, of the coming year. */
const noSuchDay = `${new Date(Date.now() + 240 * 86_400_000).getUTCFullYear()}-02-30`;
const stack = /\n\s+at .+:\d+:\d+/;

describe("a wrong call says what is wrong and ends with 2", () => {
  test.each([
    [["chek"], /unknown command 'chek'[\s\S]*Did you mean check/],
    [["check", "--modle", "x"], /unknown option '--modle'[\s\S]*Did you mean --model/],
    [["check", "nowhere.yaml"], /There is no spec to read at nowhere\.yaml/],
    [["check", "--format", "pdf"], /no format "pdf"[\s\S]*text, json, markdown/],
    [["check", "--stage", "date"], /no stage "date"[\s\S]*data, release, serving, live/],
    [["check", "--model", "nowhere.onnx"], /nowhere\.onnx cannot be read/],
    [["measure", "roc_acu", "eval.csv", "--label", "was_late"], /Did you mean roc_auc/],
    [
      ["measure", "roc_auc", "eval.csv", "--label", "was_lat", "--score", "weight", "--positive", "1"],
      /no column "was_lat"[\s\S]*Did you mean was_late/,
    ],
    [
      ["waive", "evaluation-primari", "--by", "me", "--reason", "because of that", "--expires", "2999-01-01"],
      /Did you mean evaluation-primary/,
    ],
    [
      ["waive", "evaluation-primary", "--by", "me", "--reason", "because of that", "--expires", "2999-01-01"],
      /within the coming year/,
    ],
    [["serve", "--port", "99999"], /--port "99999" is no whole number from 0 to 65535/],
    [["release", "promote", "r7"], /no release r7/],
    [["check", "--model", ""], /--model is empty/],
    [["status", "--store", ""], /--store is empty/],
    [["check", "--memory", "lots"], /--memory: "lots" is not a size[\s\S]*MiB/],
    [["check", "--memory", "2"], /--memory: [\s\S]*2MiB/],
    [["check", "--stage", "data", "muster.yaml"], /spec's name stands before --stage/],
    [["check", "--model", "."], /cannot be read: it is a folder/],
    [["check", "."], /no spec to read at [\s\S]*: it is a folder/],
    [
      ["measure", "roc_auc", "eval.csv", "--label", "was_late"],
      /roc_auc cannot be measured: it needs a score column/,
    ],
    [
      ["waive", "evaluation-primary", "--by", "me", "--reason", "because of that", "--expires", noSuchDay],
      /no day within the coming year/,
    ],
    [["report", "--output", "muster.yaml"], /muster\.yaml is the spec itself/],
    [["serve"], /no live release[\s\S]*muster release add/],
  ])("muster %j", async (args, words) => {
    const { code, out, err } = await run(...(args as string[]));
    expect(err).toMatch(words as RegExp);
    expect(err).not.toMatch(stack);
    expect(out).toBe("");
    expect(code).toBe(2);
  });
});

test("every command has help with an example", async () => {
  const { out } = await run("--help");
  const commands = [...out.matchAll(/^ {2}([a-z]+) .*$/gm)]
    .map((m) => m[1] ?? "")
    .filter((c) => c !== "help");
  expect(commands).toEqual(
    expect.arrayContaining(["lint", "check", "status", "report", "measure", "release", "serve"]),
  );
  for (const command of commands) {
    const help = await run(command, "--help");
    expect(help.code).toBe(0);
    expect(help.out, command).toMatch(/Example:\n {2}muster /);
  }
});

test("commands that only look leave nothing behind where there is no store", async () => {
  const store = project.path("no-store-yet");
  expect((await run("status", "--store", store)).code).toBe(1);
  expect((await run("report", "--store", store)).code).toBe(0);
  expect((await run("release", "list", "--store", store)).code).toBe(0);
  expect((await run("release", "promote", "r1", "--store", store)).code).toBe(2);
  expect((await run("serve", "--store", store)).code).toBe(2);
  expect(existsSync(store)).toBe(false);
});

test("a held candidate is told in JSON where JSON was asked for", async () => {
  const { code, out, err } = await run("release", "add", "--model", project.flat, "--format", "json");
  expect(JSON.parse(out)).toEqual({
    version: 1,
    release: null,
    added: false,
    verdict: "hold",
    because: expect.stringContaining("roc_auc"),
  });
  expect(err).toBe("");
  expect(code).toBe(1);
});

test("check says that lint has findings, and prints commands that can be pasted into a shell", async () => {
  const text = readFileSync(project.spec, "utf8");
  project.write("no risks.yaml", text.replace("active", "draft").replace(/risks:[\s\S]*(?=deployment:)/, ""));
  expect((await run("lint", "no risks.yaml")).code).toBe(1);
  const { out } = await run("check", "no risks.yaml", "--model", project.good);
  expect(out).toMatch(/muster lint has \d findings? in the spec/);
  const { out: page } = await run("report", "no risks.yaml", "--model", project.good);
  expect(page).toMatch(/(&#39;|&#x27;|&apos;|')no risks\.yaml\1/);
});

describe("lint", () => {
  test("goes on after a file that cannot be read, and ends with 2", async () => {
    const { code, out, err } = await run("lint", "nowhere.yaml", project.spec, "--format", "text");
    expect(err).toContain("nowhere.yaml: there is no such file");
    expect(out).toContain("no findings.");
    expect(code).toBe(2);
  });

  test("reads what a shell hands over as a file, and no more of it than a spec may have", async () => {
    const { code, err } = await run("lint", "/dev/zero");
    expect(err).toBe("");
    expect(code).toBe(1);
  });

  test("a sound spec has no findings and ends with 0", async () => {
    const { code, out } = await run("lint", project.spec);
    expect(out).toContain("no findings.");
    expect(code).toBe(0);
  });

  test("all errors come with line and column, and the end is 1", async () => {
    project.write(
      "bad.yaml",
      "muster: 1\nname: x\nversion: 1.0.0\nstatus: draft\nevaluation:\n  primery: {metric: a, at_least: 1}\n  confidence: 95\n",
    );
    const { code, out } = await run("lint", "bad.yaml");
    expect(out).toContain("bad.yaml:6:3");
    expect(out).toContain("primary");
    expect(out).toContain("bad.yaml:7:15");
    expect(code).toBe(1);
    const json = JSON.parse((await run("lint", "bad.yaml", "--format", "json")).out);
    expect(json.version).toBe(1);
    expect(Object.keys(json.diagnostics[0]).sort()).toEqual(
      [
        "allowed",
        "code",
        "column",
        "end_column",
        "end_line",
        "file",
        "fingerprint",
        "fix",
        "hint",
        "line",
        "message",
        "related",
        "severity",
        "slug",
        "url",
      ].sort(),
    );
  });

  test("a spec with errors cannot be checked: 2, with the same diagnostics", async () => {
    const { code, err, out } = await run("check", "bad.yaml");
    expect(err).toContain("bad.yaml:6:3");
    expect(out).toBe("");
    expect(code).toBe(2);
  });
});

describe("measure", () => {
  const args = [
    "measure",
    "roc_auc",
    "eval.csv",
    "--label",
    "was_late",
    "--positive",
    "1",
    "--score",
    "weight",
  ];

  test("says why a number has no interval", async () => {
    const few = [...args, "--unit", "depot"];
    const { code, out } = await run(...few);
    expect(code).toBe(0);
    expect(out).toMatch(/^no interval: there are fewer than 30 units$/m);
    const json = JSON.parse((await run(...few, "--format", "json")).out);
    expect(json).toMatchObject({ interval: null, no_interval: "there are fewer than 30 units" });
    expect((await run(...args)).out).not.toMatch(/no interval/);
  });

  test("gives the number, its interval and its groups in the documented shape", async () => {
    const { code, out } = await run(...args, "--by", "depot", "--format", "json");
    const json = JSON.parse(out);
    expect(code).toBe(0);
    expect(json).toMatchObject({
      metric: "roc_auc",
      rows: 2000,
      groups: [
        { group: { depot: "north" }, rows: 1000 },
        { group: { depot: "south" }, rows: 1000 },
      ],
    });
    expect(json.interval[0]).toBeLessThan(json.value);
    expect(json.interval[1]).toBeGreaterThan(json.value);
  });

  test("takes 1, or true, for the positive class where nobody says which, as scikit-learn does", async () => {
    project.write("scores.csv", "y,s\n0,0.1\n0,0.4\n1,0.35\n1,0.8\n");
    project.write("flags.csv", "y,s\nfalse,0.1\nfalse,0.4\ntrue,0.35\ntrue,0.8\n");
    for (const file of ["scores.csv", "flags.csv"]) {
      const { out } = await run(
        "measure",
        "roc_auc",
        file,
        "--label",
        "y",
        "--score",
        "s",
        "--format",
        "json",
      );
      expect(JSON.parse(out)).toMatchObject({ value: 0.75, rows: 4 });
    }
    const zero = ["--param", "pos_label=0", "--format", "json"];
    const { out } = await run("measure", "roc_auc", "scores.csv", "--label", "y", "--score", "s", ...zero);
    expect(JSON.parse(out).value).toBe(0.25);
  });

  test("says undefined with the reason where there is no number", async () => {
    project.write("one.csv", "y,s\n1,0.5\n1,0.7\n");
    const { code, out } = await run(
      "measure",
      "roc_auc",
      "one.csv",
      "--label",
      "y",
      "--positive",
      "1",
      "--score",
      "s",
      "--format",
      "json",
    );
    expect(JSON.parse(out)).toMatchObject({
      value: null,
      undefined: expect.stringMatching(/\w/),
      interval: null,
      rows: 2,
    });
    expect(code).toBe(0);
  });

  test("a data file that is none is told apart from a wrong call: 3", async () => {
    project.write("broken.parquet", "PAR1 this is not one");
    const { code, err } = await run(
      "measure",
      "roc_auc",
      "broken.parquet",
      "--label",
      "y",
      "--score",
      "s",
      "--positive",
      "1",
    );
    expect(err).toContain("broken.parquet");
    expect(err).not.toMatch(stack);
    expect(code).toBe(3);
  });
});
