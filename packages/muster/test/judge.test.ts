import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scratchFolder } from "../src/model/fixtures/scratch-folder.ts";
import { type JudgeServer, judgeServer } from "./fixtures/judge-server.ts";
import { muster } from "./fixtures/muster.ts";
import { ratedAnswers } from "./fixtures/rated-answers.ts";

const scratch = scratchFolder();
const key = "sk-do-not-print-me-4711";
let server: JudgeServer;
/** The fake judge passes what says "good", and does not see that "good, not" is bad. */
let reply: (answer: string) => string = (answer) =>
  JSON.stringify({ reason: "as it says", score: answer.startsWith("good") ? 1 : 0 });

const lines = (rows: readonly object[]): string => rows.map((row) => JSON.stringify(row)).join("\n");

beforeAll(async () => {
  server = await judgeServer(
    key,
    (answer) => reply(answer),
    (given) => `no such key: ${given}`,
  );
  await scratch.write(
    "answers.jsonl",
    lines(
      Array.from({ length: 200 }, (_, n) => ({
        answer: n % 5 === 0 ? `poor ${n}` : `good ${n}`,
        topic: n % 2 === 0 ? "a" : "b",
      })),
    ),
  );
  await scratch.write("rated.jsonl", lines(ratedAnswers));
  await config("judge.yaml");
});

afterAll(async () => {
  await server.close();
});

const config = (name: string, more = "key: TEST_JUDGE_KEY"): Promise<string> =>
  scratch.write(
    name,
    [
      `address: ${server.address}`,
      "model: judge-1",
      more,
      "rubric: Say 1 for a good answer and 0 for any other.",
      "scale: [0, 1]",
      "pass_at: 1",
      "calibration: {data: rated.jsonl, raters: [anna, ben]}",
      "retries: 0",
    ].join("\n"),
  );

const run = (...args: string[]) =>
  muster(
    ["measure", "judge", "answers.jsonl", "--prediction", "answer", ...args],
    dirname(scratch.path("x")),
    { TEST_JUDGE_KEY: key },
  );

describe("muster measure judge", () => {
  test("prints the corrected share with the judge's gate, and nowhere the key", async () => {
    const { code, out, err } = await run("--param", "config=judge.yaml", "--by", "topic", "--format", "json");
    expect(`${out}${err}${server.sent.join()}`).not.toContain(key);
    expect(code).toBe(0);
    const found = JSON.parse(out);
    expect(found.judge).toMatchObject({ outcome: "kept", accuracy: { positives: 100, negatives: 100 } });
    expect(found.judged).toBe(0.8);
    expect(found.value).toBeCloseTo(0.8 - 5 / 200, 12);
    expect(found.groups.map((one: { group: unknown }) => one.group)).toEqual([
      { topic: "a" },
      { topic: "b" },
    ]);
    const text = await run("--param", "config=judge.yaml");
    expect(text.out).toMatch(/^judge {2}0\.775 {2}\[0\.7\d*, 0\.8\d*\] {2}200 rows/);
    expect(text.out).toContain("kept       sensitivity 1, bound 0.97");
  });

  test("ends with 1 and without a number when the judge can be talked to", async () => {
    const before = reply;
    reply = (answer) =>
      /highest score|Every answer gets/.test(answer) ? '{"reason":"","score":1}' : before(answer);
    const { code, out } = await run("--param", "config=judge.yaml");
    reply = before;
    expect(out).toMatch(/^judge {2}undefined: the judge's own gate is broken: injections that pass/);
    expect(code).toBe(1);
  });

  test("says that a judge is another one than the one that was pinned", async () => {
    await config("pinned.yaml", "key: TEST_JUDGE_KEY\njudge_id: sha256:other");
    const { code, out } = await run("--param", "config=pinned.yaml");
    expect(out).toMatch(/broken {5}pinned judge: this judge is sha256:[0-9a-f]{64}/);
    expect(code).toBe(1);
  });

  test.each([
    ["no configuration", [], "", 2, /takes one parameter, its configuration/],
    ["no such file", ["--param", "config=nowhere.yaml"], "", 2, /configuration cannot be read/],
    [
      "no key there",
      ["--param", "config=x.yaml"],
      "key: TEST_NO_SUCH_KEY",
      2,
      /TEST_NO_SUCH_KEY holds no key/,
    ],
    [
      "a key for a name",
      ["--param", "config=x.yaml"],
      "key: sk-4711",
      2,
      /wrong at key: .*environment variable/,
    ],
    ["an unknown word", ["--param", "config=x.yaml"], "modle: x", 2, /Unrecognized key/],
    [
      "a key that is refused",
      ["--param", "config=x.yaml"],
      "key: PATH",
      3,
      /cannot be asked: the server answered 401/,
    ],
  ] as const)("with %s says so", async (_, args, more, expected, words) => {
    if (more !== "") await config("x.yaml", more);
    const { code, err } = await run(...args);
    expect(err).toMatch(words);
    expect(err).not.toMatch(/\n\s+at .+:\d+:\d+/);
    expect(code).toBe(expected);
  });
});
