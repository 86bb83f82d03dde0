import { expect, test } from "vitest";
import { muster } from "./fixtures/muster.ts";
import { csv, toyProject } from "./fixtures/toy-project.ts";

const project = toyProject();
const run = (...args: string[]) => muster(args, project.folder);

test("a release keeps what its data and its answers looked like, and data is held against it", async () => {
  expect((await run("release", "add", "--model", project.good)).code).toBe(0);
  const { code, out } = await run(
    "drift",
    "release:r1",
    "eval.csv",
    "--columns",
    "weight",
    "depot",
    "--format",
    "json",
  );
  expect(
    JSON.parse(out).columns.map((c: { column: string; outcome: string }) => [c.column, c.outcome]),
  ).toEqual([
    ["weight", "steady"],
    ["depot", "steady"],
  ]);
  expect(code).toBe(0);

  // The answers are the weights themselves, a column named as the output.
  const scored = csv(2000, 5000)
    .split("\n")
    .map((line, i) => `${line},${i === 0 ? "late" : line.split(",")[1]}`)
    .join("\n");
  project.write("scored.csv", scored);
  const shift = await run(
    "drift",
    "release:r1",
    "scored.csv",
    "--columns",
    "late",
    "--prediction",
    "late",
    "--shift",
    "20%",
    "--format",
    "json",
  );
  expect(JSON.parse(shift.out)).toMatchObject({
    columns: [{ column: "late", outcome: "steady" }],
    prediction: { column: "late", outcome: "steady", threshold: 0.2 },
  });

  const wrong = await run("drift", "release:r7", "eval.csv");
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining("no release r7")]);
});

test.each([
  [
    ["drift", "train.csv", "eval.csv", "--mode", "evidenlty"],
    /no mode "evidenlty"[\s\S]*Did you mean evidently/,
  ],
  [
    ["drift", "train.csv", "eval.csv", "--mode", "nannyml", "--test", "psi"],
    /no test "psi"[\s\S]*jensen_shannon/,
  ],
  [["drift", "train.csv", "eval.csv", "--columns", "wieght"], /no column "wieght"/],
  [["drift", "train.csv", "eval.csv", "--threshold", "0"], /--threshold "0" is no number above 0/],
  [
    ["drift", "train.csv", "eval.csv", "--columns", "weight", "--prediction", "late"],
    /"late" is no column that both sides have/,
  ],
  [["drift", "muster.json", "eval.csv"], /cannot be read as JSON/],
  [["drift", "train.csv", "eval.csv", "--format", "pdf"], /no format "pdf"/],
  [["profile", "train.csv", "--bins", "1"], /--bins "1" is no whole number from 2 to 100/],
  [["profile", "train.csv", "--columns", "weigth"], /Did you mean weight/],
])("muster %j says what is wrong and ends with 2", async (args, words) => {
  const { code, err, out } = await run(...(args as string[]));
  expect(err).toMatch(words as RegExp);
  expect([out, code]).toEqual(["", 2]);
});

test("another tool's numbers come with its test, threshold and verdict", async () => {
  const { out, code } = await run(
    "drift",
    "train.csv",
    "eval.csv",
    "--mode",
    "evidently",
    "--columns",
    "weight",
    "depot",
    "--format",
    "json",
  );
  expect(JSON.parse(out)).toMatchObject({
    mode: "evidently",
    held_to: "0.7.23",
    columns: [
      { column: "weight", test: "ks", threshold: 0.05 },
      { column: "depot", test: "z", value: 1, threshold: 0.05, drifted: false },
    ],
  });
  expect(code).toBe(0);
});

test("a profile is a table to read, and JSON to keep", async () => {
  const { out } = await run("profile", "train.csv", "-o", "profile.json");
  expect(out).toMatch(/^400 rows, \d+ columns$/m);
  expect(out).toMatch(/^weight\s+float\s+-\s/m);
  const { code } = await run("drift", "profile.json", "train.csv", "--columns", "weight");
  expect(code).toBe(0);
});
