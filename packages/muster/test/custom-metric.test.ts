import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { scratchEngine } from "../src/engine/duckdb/fixtures/scratch-engine.ts";
import {
  MemoryEngine,
  type MetricColumns,
  type MetricInput,
  measure,
  metricNamed,
  type RowCode,
  readParams,
  rowCodeMetric,
} from "../src/index.ts";
import { muster } from "./fixtures/muster.ts";

const rows = [
  { g: "a", y: 1, p: 3, w: 1, n: 10 },
  { g: "a", y: 2, p: 2, w: 3, n: 30 },
  { g: "b", y: 5, p: 4, w: 2, n: 20 },
  { g: "b", y: null, p: 9, w: 1, n: 1 },
];
const { engine, folder, attachLines } = await scratchEngine(1);
await attachLines("rows", rows);
const repeated: readonly object[] = rows.flatMap((row) => Array(row.w).fill(row));
await attachLines("repeated", repeated);

function inputOf(given: Readonly<Record<string, unknown>>, columns: Partial<MetricColumns> = {}) {
  const metric = metricNamed("custom_loss");
  if (metric === null) throw new Error("no custom_loss");
  const read = readParams(metric, given);
  if (read.kind === "wrong") throw new Error(read.because);
  const input: MetricInput = {
    columns: { table: "rows", label: "y", ...columns },
    params: read.params,
    resolution: { kind: "exact" },
  };
  return { metric, input };
}

describe("a number of each row in SQL", () => {
  test("is its mean over labelled rows, for each group, with weights as repeated rows", async () => {
    const by = [{ kind: "values", column: "g" }] as const;
    const { all, groups } = await measure(engine, { ...inputOf({ sql: "abs(y - p)" }), by });
    expect(all).toMatchObject({ kind: "value", value: 1, rows: 3 });
    expect(groups.map(({ result }) => (result.kind === "value" ? result.value : null))).toEqual([1, 1]);
    const weighted = await measure(engine, { ...inputOf({ sql: "abs(y - p)" }, { weight: "w" }), by: [] });
    const repeated = await measure(engine, {
      ...inputOf({ sql: "abs(y - p)" }, { table: "repeated" }),
      by: [],
    });
    if (weighted.all.kind !== "value" || repeated.all.kind !== "value") throw new Error("undefined");
    expect(weighted.all.value).toBeCloseTo(repeated.all.value, 12);
    expect(weighted.all.value).toBeCloseTo(4 / 6, 12);
  });

  test("by another is a ratio of sums, not the mean of the rows' ratios", async () => {
    const found = await measure(engine, { ...inputOf({ sql: "abs(y - p)", per: "n" }), by: [] });
    expect(found.all).toMatchObject({ kind: "value", value: 3 / 60, rows: 3 });
    const none = await measure(engine, { ...inputOf({ sql: "1", per: "n - n" }), by: [] });
    expect(none.all).toMatchObject({ because: "the sum below the line is not above 0" });
  });

  test("that a row has not leaves it undefined, and its metric needs SQL at all", async () => {
    const found = await measure(engine, { ...inputOf({ sql: "ln(y - 2)" }), by: [] });
    expect(found.all).toMatchObject({ kind: "undefined", because: "in 2 of 3 rows the SQL gives no number" });
    const { metric, input } = inputOf({});
    expect(metric.unmet(input)).toContain("(sql)");
  });

  test("is refused by rows in memory in words", async () => {
    const memory = MemoryEngine.of({ rows: [{ y: 1, p: 2 }] });
    await expect(measure(memory, { ...inputOf({ sql: "y - p" }), by: [] })).rejects.toThrow(
      "Rows in memory are not read by SQL.",
    );
  });
});

describe("code", () => {
  const code: RowCode = {
    name: "off.mjs",
    digest: "sha256:1",
    direction: "lower",
    columns: ["y", "p"],
    row: ({ y, p }) => (y === null ? null : Math.abs(Number(y) - Number(p))),
  };
  const columns = { table: "rows", label: "y" };
  const input: MetricInput = { columns, params: new Map(), resolution: { kind: "exact" } };
  const of = (own: RowCode) => {
    const { metric, deriver } = rowCodeMetric(own);
    return measure(engine, { metric, input, by: [], derivers: new Map([[deriver.name, deriver]]) });
  };

  test("is measured like any other metric", async () => {
    expect((await of(code)).all).toMatchObject({ kind: "value", value: 1, rows: 3 });
  });

  test("that gives a row no number leaves it undefined", async () => {
    const silent = await of({ ...code, digest: "sha256:2", row: ({ y }) => (y === 2 ? null : 1) });
    expect(silent.all).toMatchObject({ because: "1 of 3 labelled rows have no prediction to compare with" });
  });

  test("that fails or gives something else says at which row", async () => {
    const failing = of({
      ...code,
      digest: "sha256:3",
      row: ({ g }) => {
        throw new Error(`no ${String(g)}`);
      },
    });
    await expect(failing).rejects.toMatchObject({
      code: "call/bad-argument",
      message: "off.mjs failed at row 1: no undefined",
    });
    const text = of({ ...code, digest: "sha256:4", row: (row) => (row.y === 5 ? "5" : 1) as number });
    await expect(text).rejects.toThrow("off.mjs gave a string for row 3.");
  });

  test("of another digest is another column, so evidence of it is another", () => {
    const [one, other] = [code, { ...code, digest: "sha256:9" }].map((own) =>
      rowCodeMetric(own).metric.derive?.(input),
    );
    expect(one).not.toEqual(other);
  });
});

describe("muster measure with a file of code", () => {
  const run = (...args: string[]) => muster(["measure", ...args], folder);
  const good = 'export const direction = "lower";\nexport const columns = ["y", "p"];\n';
  writeFileSync(
    join(folder, "off.mjs"),
    `${good}export const row = ({ y, p }) => y === null ? null : Math.abs(y - p);\n`,
  );
  writeFileSync(join(folder, "lacks.mjs"), good);
  writeFileSync(join(folder, "broken.mjs"), "export const = 1;");

  test("runs it only when its user allows it", async () => {
    const refused = await run("./off.mjs", "rows.jsonl", "--label", "y");
    expect(refused).toMatchObject({ code: 2, out: "" });
    expect(refused.err).toContain("--allow-code");
    const allowed = await run("./off.mjs", "rows.jsonl", "--label", "y", "--allow-code", "--format", "json");
    expect(allowed.code).toBe(0);
    expect(JSON.parse(allowed.out)).toMatchObject({ metric: "off.mjs", value: 1, rows: 3 });
  });

  test.each([
    ["./lacks.mjs", /exports no function row/],
    ["./broken.mjs", /cannot be run/],
    ["./nowhere.mjs", /cannot be read/],
    ["./rows.jsonl", /has to end in \.mjs/],
  ])("says of %s what is wrong", async (file, words) => {
    const { code, err } = await run(file, "rows.jsonl", "--label", "y", "--allow-code");
    expect(err).toMatch(words);
    expect(err).not.toMatch(/\n\s+at .+:\d+:\d+/);
    expect(code).toBe(2);
  });

  test("prints how far groups lie apart", async () => {
    const { out } = await run(
      "custom_loss",
      "rows.jsonl",
      "--label",
      "y",
      "--param",
      "sql=y + p",
      "--by",
      "g",
    );
    expect(out).toContain("between groups: from 4 to 9, difference 5, ratio 0.444");
  });
});
