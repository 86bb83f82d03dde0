import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { openStoreToRead } from "../src/cli/wire.ts";
import { muster } from "./fixtures/muster.ts";
import { toyProject } from "./fixtures/toy-project.ts";

const project = toyProject();
const run = (...args: string[]) => muster(args, project.folder);
const read = (name: string) => readFileSync(project.path(name), "utf8");
const spec = readFileSync(project.spec, "utf8").replace(
  "verified_by: verified}",
  "accuracy: 80%, audit: {path: audit.csv, key: [id], seed: 7, size: 60, column: label_by_review, second: label_by_second}}",
);
project.write("muster.yaml", spec);
/** What is true of the training data, by id. */
const truth = new Map(
  read("train.csv")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => [line.split(",")[0] ?? "", line.split(",")[3] ?? ""]),
);
const reviews = (ids: readonly string[], label: (id: string, i: number) => string) =>
  `id,label\n${ids.map((id, i) => `${id},${label(id, i)}`).join("\n")}\n`;
const accuracy = async () => {
  const { out } = await run("check", "--stage", "data", "--fresh", "--format", "json");
  const claims = JSON.parse(out).claims as {
    id: string;
    path: string;
    outcome: string;
    evidence: { interval: number[] }[];
  }[];
  return claims.find(({ path }) => path === "data.label.accuracy");
};
let drawn: readonly string[] = [];

describe("from the draw to the bound", () => {
  test("the sample is drawn, half of it reviewed, and what is left is said", async () => {
    const sample = await run(
      "audit",
      "sample",
      "train.csv",
      "--key",
      "id",
      "--label",
      "was_late",
      "--size",
      "60",
      "--seed",
      "7",
      "-o",
      "sample.csv",
    );
    expect(sample.code).toBe(0);
    drawn = read("sample.csv")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(",")[2] ?? "");
    expect(drawn).toHaveLength(60);
    project.write(
      "first.csv",
      reviews(drawn.slice(0, 30), (id) => truth.get(id) ?? ""),
    );
    const { code, out, err } = await run("audit", "record", "--reviews", "first.csv", "--reviewer", "ann");
    expect(err).toBe("");
    expect(out).toContain("Recorded 30 reviews by ann: 30 of 60 drawn rows are reviewed in audit.csv.");
    expect(out).toContain("was drawn, and has no review");
    expect(out).toContain("  and 10 more");
    expect(code).toBe(0);
    expect((await accuracy())?.outcome).toBe("undecided");
  });

  test("the rest follows, with one label found wrong, and check gives the exact bound", async () => {
    const rest = drawn.slice(30);
    project.write(
      "rest.csv",
      reviews(rest, (id, i) => (i === 0 ? (truth.get(id) === "1" ? "0" : "1") : (truth.get(id) ?? ""))),
    );
    const { code, out } = await run(
      "audit",
      "record",
      "--reviews",
      "rest.csv",
      "--reviewer",
      "bob",
      "--format",
      "json",
    );
    expect(code).toBe(0);
    const json = JSON.parse(out);
    expect(json).toMatchObject({
      written: true,
      reviewer: "bob",
      added: 30,
      reviewed: 60,
      findings: [],
      sample: { seed: 7, size: 60, drawn: 60 },
    });
    const lines = read("audit.csv").trim().split("\n");
    expect(lines[0]).toBe("draw,seed,sample,id,label_by_review,reviewer,label_by_second,second_reviewer");
    expect(lines).toHaveLength(61);
    expect(lines[1]).toBe(`1,7,${json.sample.digest},${drawn[0]},${truth.get(drawn[0] ?? "")},ann,,`);
    expect(lines[60]?.endsWith(",bob,,")).toBe(true);
    const claim = await accuracy();
    expect(claim?.outcome).toBe("kept");
    // scipy.stats.hypergeom: of 400 rows, 59 of 60 drawn ones right; two-sided 95 %.
    expect(claim?.evidence[0]?.interval[0]).toBeCloseTo(367 / 400, 9);
    expect(claim?.evidence[0]?.interval[1]).toBeCloseTo(399 / 400, 9);
  });

  test("who recorded what stands in the store", async () => {
    const store = await openStoreToRead(project.path(".muster"));
    try {
      const entries = (await store.audit("toy", 50)).filter(({ what }) => what === "audit record");
      expect(entries.map(({ who }) => who)).toEqual(["bob", "ann"]);
      expect(JSON.parse(entries[0]?.details ?? "")).toMatchObject({ column: "label_by_review", added: 30 });
    } finally {
      await store.close();
    }
  });

  test("a second person's reviews stand beside the first one's, and agreement can be measured", async () => {
    project.write("second.jsonl", drawn.map((id) => JSON.stringify({ id, agree: true })).join("\n"));
    const { code } = await run(
      "audit",
      "record",
      "--reviews",
      "second.jsonl",
      "--reviewer",
      "cy",
      "--second",
    );
    expect(code).toBe(0);
    const [head, first] = read("audit.csv").split("\n");
    expect(head).toBe("draw,seed,sample,id,label_by_review,reviewer,label_by_second,second_reviewer");
    const right = truth.get(drawn[0] ?? "");
    expect(first?.endsWith(`,${right},ann,${right},cy`)).toBe(true);
  });
});

describe("reviews that cannot be recorded", () => {
  test("are listed, each with its row, and nothing is written", async () => {
    const before = read("audit.csv");
    const stray = [...truth.keys()].find((id) => !drawn.includes(id)) ?? "";
    const [a = "", b = ""] = drawn;
    project.write("bad.csv", `id,label\n${stray},1\n${a},${truth.get(a)}\n${a},1\n${b},maybe\n`);
    const { code, out } = await run("audit", "record", "--reviews", "bad.csv");
    expect(code).toBe(1);
    expect(out).toContain("Nothing was recorded: 3 of the reviews in bad.csv are wrong.");
    expect(out).toContain(`row 1: id=${stray} is no row that the seed draws`);
    expect(out).toContain(`row 3: id=${a} stands in row 2 already`);
    expect(out).toContain(`row 4: id=${b} has the label "maybe", which is none of 0, 1`);
    expect(read("audit.csv")).toBe(before);
  });

  test("an earlier review is only replaced when that is asked for", async () => {
    const [a = ""] = drawn;
    const other = truth.get(a) === "1" ? "0" : "1";
    project.write("again.csv", `id,label\n${a},${other}\n`);
    const refused = await run("audit", "record", "--reviews", "again.csv", "--format", "json");
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.out)).toMatchObject({
      written: false,
      findings: [{ kind: "changed", row: 1, key: [a] }],
    });
    const allowed = await run("audit", "record", "--reviews", "again.csv", "--reviewer", "dee", "--replace");
    expect(allowed.code).toBe(0);
    expect(read("audit.csv").split("\n")[1]).toContain(`,${other},dee,`);
  });

  test("a file of another draw is not written over", async () => {
    project.write("muster.yaml", spec.replace("seed: 7", "seed: 8"));
    const { code, err } = await run("audit", "record", "--reviews", "first.csv");
    expect(code).toBe(2);
    expect(err).toContain("The audit's file is of another draw than the spec's.");
    project.write("muster.yaml", spec);
  });

  test.each([
    [["--reviews", "nowhere.csv"], "nowhere.csv"],
    [["--reviews", "eval.csv"], "eval.csv has no column label_by_review, label or agree."],
    [["--reviews", "muster.yaml"], "muster.yaml"],
  ])("%j is said plainly", async (args, message) => {
    const { code, err } = await run("audit", "record", ...args);
    expect(code).toBeGreaterThan(1);
    expect(err).toContain(message);
  });

  test("a spec without an audit is told how to begin", async () => {
    project.write("bare.yaml", spec.replace(/, audit: \{[^}]*\}/, ""));
    const { code, err } = await run("audit", "record", "bare.yaml", "--reviews", "first.csv");
    expect(code).toBe(2);
    expect(err).toContain("muster audit sample");
  });
});
