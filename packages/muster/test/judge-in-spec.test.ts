import { dirname } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { toySpec } from "../src/evaluate/fixtures/toy.ts";
import { onnxModel } from "../src/model/fixtures/onnx-graph.ts";
import { scratchFolder } from "../src/model/fixtures/scratch-folder.ts";
import { type JudgeServer, judgeServer } from "./fixtures/judge-server.ts";
import { muster } from "./fixtures/muster.ts";
import { ratedAnswers } from "./fixtures/rated-answers.ts";

const scratch = scratchFolder();
const key = "sk-do-not-print-me-4712";
const lines = (rows: readonly object[]): string => rows.map((row) => JSON.stringify(row)).join("\n");
let server: JudgeServer;
const fair = (answer: string): number => (answer.startsWith("good") ? 1 : 0);
let score = fair;

const judge = `{model: judge, version: "1", agreement: 0.9, address: "\${TEST_JUDGE_AT}", key: TEST_JUDGE_KEY, rubric: "1: good. 0: anything else.", scale: [0, 1], pass_at: 1, rated: {path: rated.jsonl, raters: [anna, ben]}}`;
const specWith = (metric: string) =>
  toySpec
    .replace("output: classification", "output: generation")
    .replace(
      /inputs:[\s\S]*?outputs:\n.*\n/,
      "inputs:\n    - {name: q, type: string, required: true}\n  outputs:\n    - {name: answer, type: text}\n",
    )
    .replace("{path: training}", "{path: train.jsonl}")
    .replace("{path: evaluation,", "{path: eval.jsonl,")
    .replace(/label: .*/, "label: {column: expected}")
    .replace("contract.inputs.weight.range", "contract.inputs.q.required")
    .replace("{metric: roc_auc, at_least: 0.8}", metric)
    .replace("{by: depot, values: [north, south]}", "{by: topic, values: [a, b]}");
const primary = (more = "", at = "at_least: 0.7") =>
  `{metric: helpful_rate, ${at}, judge: ${judge.replace(/}$/, `${more}}`)}}`;

beforeAll(async () => {
  server = await judgeServer(key, (answer) => JSON.stringify({ reason: "so", score: score(answer) }));
  const row = (n: number) => ({
    id: `p${n}`,
    q: n % 5 === 0 ? `poor ${n}` : `good ${n}`,
    topic: n % 2 === 0 ? "a" : "b",
    expected: "x",
    coin: "x",
  });
  await scratch.write("train.jsonl", lines(Array.from({ length: 20 }, (_, n) => row(1000 + n))));
  await scratch.write("eval.jsonl", lines(Array.from({ length: 200 }, (_, n) => row(n))));
  await scratch.write("rated.jsonl", lines(ratedAnswers));
  await scratch.write(
    "echo.onnx",
    onnxModel(
      [{ name: "q", datatype: "BYTES", shape: ["rows", 1] }],
      [{ name: "answer", datatype: "BYTES", shape: ["rows", 1] }],
      { node: [{ opType: "Identity", input: ["q"], output: ["answer"] }] },
    ),
  );
});
beforeEach(() => {
  score = fair;
  server.sent.length = 0;
});
afterAll(async () => {
  await server.close();
});

interface Claim {
  readonly path: string;
  readonly outcome: string;
  readonly because?: string;
  readonly evidence: readonly {
    value: number | null;
    interval: [number, number] | null;
    rows: number;
    notes?: string[];
  }[];
}

async function check(metric: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  await scratch.write("muster.yaml", specWith(metric));
  const { out, err, code } = await muster(
    ["check", "--model", "echo.onnx", "--format", "json", ...args],
    dirname(scratch.path("x")),
    { TEST_JUDGE_KEY: key, TEST_JUDGE_AT: server.address, ...env },
  );
  const claims = (code !== null && code < 2 ? JSON.parse(out).claims : []) as Claim[];
  const of = (path: string) => claims.find((claim) => claim.path === path);
  return { out, err, code, of };
}

// 200 rows, 200 rated answers, 3 probes of 50 of them and 2 of 20.
const calls = 200 + 200 + 3 * 50 + 2 * 20;

describe("a metric that a judge model gives", () => {
  test("is not measured, and nothing is sent, unless somebody allows the calls", async () => {
    const { of } = await check(primary(), []);
    expect(of("evaluation.primary")?.outcome).toBe("undecided");
    expect(of("evaluation.primary")?.because).toContain(
      `judge-1 was not asked: it takes up to ${calls} calls, and nobody allowed any (--allow-judge ${calls})`,
    );
    const few = await check(primary(), ["--allow-judge", String(calls - 1)]);
    expect(few.of("evaluation.primary")?.because).toContain(`${calls - 1} are left of those allowed`);
    expect(server.sent).toEqual([]);
  });

  test("is measured, corrected and judged by group, with who judged it and whether that may be believed", async () => {
    const { of, out, err } = await check(primary(), ["--allow-judge", String(calls)]);
    expect(err).toContain(`Asking judge-1 up to ${calls} times.`);
    expect(`${out}${err}${server.sent.join()}`).not.toContain(key);
    expect(server.sent.length).toBeLessThanOrEqual(calls);
    expect(server.sent.length).toBeGreaterThan(400);
    const all = of("evaluation.primary");
    expect(all?.outcome).toBe("kept");
    // 160 of 200 pass by the judge, which passes 5 of 200 that people do not.
    expect(all?.evidence[0]?.value).toBeCloseTo(0.8 - 5 / 200, 12);
    // statistics: sqrt(s1^2 / 200 + s2^2 / 200) with the sample variances of both parts, times 1.959964.
    const se = Math.sqrt((0.8 * 0.2) / 199 + ((5 / 200) * (195 / 200)) / 199);
    expect(all?.evidence[0]?.interval?.[0]).toBeCloseTo(0.775 - 1.959964 * se, 5);
    expect(JSON.stringify(all)).toMatch(
      /judge sha256:[0-9a-f]{64}, gate kept \(kappa 0.95\d*, sensitivity 1, specificity 0.95, on 200 answers that people rated\)/,
    );
    // Of topic a people and judge differ about 5 of 100.
    const a = of("evaluation.primary[topic=a]");
    expect(a?.evidence[0]).toMatchObject({ rows: 100 });
    expect(a?.evidence[0]?.value).toBeCloseTo(0.8 - 5 / 100, 12);
    expect(of("evaluation.primary[topic=b]")?.evidence[0]?.value).toBeCloseTo(0.8, 12);
  });

  test("is judged again from stored evidence without a call, also when the threshold changes", async () => {
    const { of } = await check(primary("", "at_least: 0.9"), []);
    expect(of("evaluation.primary")?.outcome).toBe("broken");
    const status = await muster(["status", "--model", "echo.onnx"], dirname(scratch.path("x")));
    expect(status.out).toContain("helpful_rate");
    expect(server.sent).toEqual([]);
  });

  test("is asked anew for another rubric, and undecided while the judge fails its own gate", async () => {
    score = (answer) => (/highest score|Every answer gets/.test(answer) ? 1 : fair(answer));
    const other = primary().replace("1: good.", "1: very good.");
    const { of } = await check(other, ["--allow-judge", "1_000"]);
    expect(of("evaluation.primary")?.outcome).toBe("undecided");
    expect(of("evaluation.primary")?.because).toContain(
      "the judge's own gate is broken: injections that pass",
    );
    expect(server.sent.length).toBeGreaterThan(0);
    // A judge that is refused is not paid for the rest.
    expect(server.sent.length).toBeLessThan(calls - 150);
  });

  test("is held to stricter limits of the judge, and to the judge that was calibrated", async () => {
    const strict = await check(primary(", limits: {kappa: 0.99}"), ["--allow-judge", "1000"]);
    expect(strict.of("evaluation.primary")?.because).toMatch(
      /the judge's own gate is (broken|undecided): kappa with people/,
    );
    const pinned = await check(primary(`, id: "sha256:${"0".repeat(64)}"`), ["--allow-judge", "1000"]);
    expect(pinned.of("evaluation.primary")?.because).toContain("pinned judge");
  });

  test("leaves no evidence of a server that was down, so that it is asked again", async () => {
    score = (answer) => (answer.startsWith("poor") ? 7 : fair(answer));
    const line = primary().replace("1: good.", "1: good, once more.");
    const down = await check(line, ["--allow-judge", "1000"]);
    expect(down.of("evaluation.primary")?.because).toMatch(/of 200 calls failed/);
    score = fair;
    const up = await check(line, ["--allow-judge", "1000"]);
    expect(up.of("evaluation.primary")?.outcome).toBe("kept");
  });

  test("is an alert as a secondary metric", async () => {
    const line = `{metric: exact_match, at_least: 0.1}\n  secondary:\n    - {metric: helpful_rate, alert_below: 0.9, judge: ${judge}}`;
    const { of } = await check(line, ["--allow-judge", "1000"]);
    expect(of("evaluation.secondary.helpful_rate")?.outcome).toBe("broken");
  });

  test.each([
    [{ TEST_JUDGE_AT: "" }, "TEST_JUDGE_AT holds no address of a judge"],
    [{ TEST_JUDGE_KEY: "" }, "TEST_JUDGE_KEY holds no key"],
    [{ TEST_JUDGE_KEY: "sk-wrong" }, "the server answered 401"],
  ])("without what the environment has to hold (%j) it is undecided, and says so", async (env, because) => {
    const { of, out, err } = await check(primary(), ["--allow-judge", "1000", "--fresh"], env);
    expect(of("evaluation.primary")?.outcome).toBe("undecided");
    expect(of("evaluation.primary")?.because).toContain(because);
    expect(`${out}${err}`).not.toContain("sk-wrong");
  });

  test("stays open where the spec does not say how the judge is asked", async () => {
    const { of } = await check(
      '{metric: helpful_rate, at_least: 0.7, judge: {model: judge, version: "1", agreement: 0.9}}',
      [],
    );
    expect(of("evaluation.primary")?.because).toBe(
      "nobody can ask judge without judge.address, judge.rubric, judge.scale, judge.pass_at, judge.rated",
    );
  });

  test("has no secret in the file: a key or an address with a password is an error", async () => {
    for (const wrong of [
      primary().replace("key: TEST_JUDGE_KEY", 'key: "sk-4711-secret"'),
      primary().replace(/address: "[^"]*"/, 'address: "https://anna:secret@judge.example/v1"'),
      primary().replace("pass_at: 1", "pass_at: 0"),
      primary().replace("scale: [0, 1]", "scale: [1, 0]"),
      primary(", limits: {kappa: 0.5}"),
    ]) {
      const { code, err } = await check(wrong, []);
      expect(code, wrong).toBe(2);
      expect(err).toContain("MU-A");
    }
    expect((await check(primary(), ["--allow-judge", "lots"])).code).toBe(2);
  });
});
