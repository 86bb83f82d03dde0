import { dirname } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { scratchFolder } from "../src/model/fixtures/scratch-folder.ts";
import { muster } from "./fixtures/muster.ts";

const scratch = scratchFolder();
const run = (...args: string[]) =>
  muster(["measure", ...args, "--format", "json"], dirname(scratch.path("x")));

beforeAll(async () => {
  const rows = [
    {
      topic: "dog",
      answer: "The dog bit the man.",
      one: "The dog bit the man.",
      two: "The dog had bit the man.",
    },
    {
      topic: "cat",
      answer: "It wasn't surprising.",
      one: "It was not unexpected.",
      two: "No one was surprised.",
    },
    {
      topic: "dog",
      answer: "The man had just bitten him.",
      one: "The man bit him first.",
      two: "The man had bitten the dog.",
    },
  ].map((row) => ({
    ...row,
    all: [row.one, row.two],
    spec: row.topic === "dog" ? '{"n": 1}' : '{"n": "1"}',
  }));
  await scratch.write("answers.jsonl", rows.map((row) => JSON.stringify(row)).join("\n"));
  await scratch.write("n.schema.json", '{"type": "object", "properties": {"n": {"type": "integer"}}}');
});

describe("muster measure of texts", () => {
  test.each([
    ["a column that holds lists", ["--label", "all", "--param", "references=json"]],
    ["further columns", ["--label", "one", "--param", "references=two"]],
  ])("takes several references from %s, and signs its number", async (_, how) => {
    const { code, out } = await run(
      "bleu",
      "answers.jsonl",
      "--prediction",
      "answer",
      ...how,
      "--by",
      "topic",
    );
    expect(code).toBe(0);
    const found = JSON.parse(out);
    // sacrebleu's own test_bleu.py.
    expect(found.value).toBeCloseTo(48.530827, 6);
    expect(found.signature).toBe("nrefs:var|case:mixed|eff:no|tok:13a|smooth:exp");
    expect(found.groups).toHaveLength(2);
  });

  test("needs no label where there is none to have, and reads long parameters from files", async () => {
    const { out } = await run(
      "json_schema_valid",
      "answers.jsonl",
      "--prediction",
      "spec",
      "--param",
      "schema=@n.schema.json",
    );
    const found = JSON.parse(out);
    expect(found.value).toBeCloseTo(2 / 3, 12);
    expect(found.rows).toBe(3);
  });

  test.each([
    [["bleu", "answers.jsonl", "--prediction", "answer"], /No column says what is true/],
    [["json_schema_valid", "answers.jsonl", "--prediction", "spec"], /it needs the schema/],
    [
      ["json_schema_valid", "answers.jsonl", "--prediction", "spec", "--param", "schema=@nowhere"],
      /cannot be read/,
    ],
    [
      ["json_schema_valid", "answers.jsonl", "--prediction", "spec", "--param", "schema={"],
      /the schema is no JSON/,
    ],
    [["regex_match", "answers.jsonl", "--prediction", "answer", "--param", "pattern=(?=x)"], /look-around/],
    [
      ["bleu", "answers.jsonl", "--label", "one", "--prediction", "anwser"],
      /no column "anwser"[\s\S]*Did you mean answer/,
    ],
    [
      ["bleu", "answers.jsonl", "--label", "one", "--prediction", "answer", "--param", "tokenize=zh"],
      /13a, intl, char, none/,
    ],
  ])("says what is wrong with %j", async (args, words) => {
    const { code, err } = await run(...(args as string[]));
    expect(err).toMatch(words as RegExp);
    expect(err).not.toMatch(/\n\s+at .+:\d+:\d+/);
    expect(code).toBe(2);
  });
});
