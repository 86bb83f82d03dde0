import { dirname } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { slicesOfData } from "../src/cli/slices-of-data.ts";
import type { Terminal } from "../src/cli/terminal.ts";
import { scratchFolder } from "../src/model/fixtures/scratch-folder.ts";
import { muster } from "./fixtures/muster.ts";

const scratch = scratchFolder();
const folder = () => dirname(scratch.path("x"));
const common = ["--label", "late", "--prediction", "said", "--unit", "unit"];
const run = (data: string, ...args: string[]) => muster(["slices", data, ...args], folder());

/** One row in ten is wrong, and in Ulm by night every second one. Two rows a unit. */
function rowsOf(units: number): string {
  const lines = ["unit,late,said,city,tariff,booked"];
  for (let i = 0; i < 2 * units; i++) {
    const city = ["Ulm", "Bonn", "Kiel"][(i >> 1) % 3];
    const tariff = (i >> 3) % 2 === 0 ? "day" : "night";
    const wrong = (i * 7919) % 100 < (city === "Ulm" && tariff === "night" ? 50 : 10);
    lines.push(`u${i >> 1},${i % 2},${wrong ? 1 - (i % 2) : i % 2},${city},${tariff},2026-01-01 00:00:00`);
  }
  return lines.join("\n");
}

beforeAll(async () => {
  await scratch.write("rows.csv", rowsOf(6000));
  await scratch.write("none.csv", "unit,late,said,city,tariff,booked\n");
});

test("finds the planted slice, and proposes it as subgroups", async () => {
  const { code, out } = await run("rows.csv", ...common);
  expect(code).toBe(0);
  expect(out).toMatch(/^\d+ slices of city, tariff tested, \d+ tried on the other half, \d+ confirmed\n/);
  expect(out).toMatch(/city=Ulm tariff=night {2}wrong 0\.[45]\d*, elsewhere 0\.1\d* .* rows {2}excess/);
  const { evaluation } = parse(out.slice(out.indexOf("evaluation:")));
  expect(evaluation.subgroups).toContainEqual({ by: "city", values: ["Ulm"] });
  expect(evaluation.subgroups).toContainEqual({ by: "tariff", values: ["night"] });
  expect(evaluation.intersections).toEqual([["city", "tariff"]]);
});

test("says the same in JSON, and again when it is asked again", async () => {
  const [one, two] = [
    await run("rows.csv", ...common, "--format", "json"),
    await run("rows.csv", ...common, "--format", "json"),
  ];
  expect(two.out).toBe(one.out);
  const found = JSON.parse(one.out);
  expect(found).toMatchObject({ metric: "accuracy", seed: 1, rows_without_unit: 0 });
  const crossed = found.slices.find(({ items }: { items: unknown[] }) => items.length === 2);
  expect(crossed.items).toEqual([
    { attribute: "city", value: "Ulm" },
    { attribute: "tariff", value: "night" },
  ]);
  expect(crossed.confirmed.rate).toBeCloseTo(0.5, 1);
  expect(crossed.p).toBeLessThan(1e-6);
  expect(parse(found.subgroups).evaluation.intersections).toEqual([["city", "tariff"]]);
});

describe("a wrong call says what is wrong and ends with 2", () => {
  test.each([
    ["rows.csv", ["--label", "late", "--prediction", "said"], /required option '--unit <column>'/],
    ["rows.csv", [...common, "--columns", "citi"], /no column "citi"[\s\S]*Did you mean city/],
    ["rows.csv", [...common, "--columns", "booked"], /"booked" holds times, and cannot be an attribute/],
    ["rows.csv", [...common, "--metric", "acuracy"], /Did you mean accuracy/],
    ["rows.csv", ["--label", "late", "--unit", "unit"], /it needs a prediction, or a score/],
    ["rows.csv", [...common, "--most", "4"], /--most "4" is no whole number from 1 to 3/],
    ["rows.csv", [...common, "--values", "101"], /--values "101" is no whole number from 2 to 100/],
    ["rows.csv", [...common, "--rows", "50000"], /No column has two values, one of them in 50000 rows/],
    ["none.csv", common, /no rows to search/],
  ])("muster slices %s %j", async (data, args, words) => {
    const { code, out, err } = await run(data, ...args);
    expect(err).toMatch(words);
    expect(err).not.toMatch(/\n\s+at .+:\d+:\d+/);
    expect(out).toBe("");
    expect(code).toBe(2);
  });
});

test("a file that is not there ends with 3, as anywhere", async () => {
  const { code, out, err } = await run("nowhere.csv", ...common);
  expect(err).toMatch(/nowhere\.csv/);
  expect(out).toBe("");
  expect(code).toBe(3);
});

test.each(["reading", "searching"])(
  "Ctrl-C while it is %s ends it without half of an answer",
  async (step) => {
    const controller = new AbortController();
    const said: string[] = [];
    const terminal: Terminal = {
      cwd: folder(),
      env: {},
      signal: controller.signal,
      out: (text) => said.push(text),
      err: (text) => said.push(text),
      progress: (now) => {
        if (now.startsWith(step)) controller.abort();
      },
      done: () => undefined,
      width: 100,
      color: false,
      errorColor: false,
      now: () => 0,
    };
    const options = {
      label: "late",
      prediction: "said",
      unit: "unit",
      metric: "accuracy",
      positive: "1",
      most: "3",
      rows: "100",
      values: "20",
      seed: "1",
      format: "text",
    };
    // `cancelled` is what the command line ends with 130 for.
    await expect(slicesOfData("rows.csv", options, terminal)).rejects.toMatchObject({ code: "cancelled" });
    expect(said).toEqual([]);
  },
);
