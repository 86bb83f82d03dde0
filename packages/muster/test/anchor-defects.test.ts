import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runDuckDb } from "../src/engine/duckdb/fixtures/write-parquet.ts";
import { type Ended, muster } from "./fixtures/muster.ts";
import { csv, toyProject } from "./fixtures/toy-project.ts";

// Each of these is a defect that users reported of a tool in wide use, named in the title. Muster shall not have it.

const folder = mkdtempSync(join(tmpdir(), "muster-defects-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Deterministic normal numbers: `seed` and row number through a hash. */
const normal = (seed: number): string => {
  const draw = (part: number): string =>
    `((hash(i * 7919 + ${seed * 2 + part}) % 1000000007) + 1) / 1000000009.0`;
  return `(sqrt(-2 * ln(${draw(0)})) * cos(2 * pi() * ${draw(1)}))`;
};

async function table(name: string, select: string, rows = 10_000): Promise<string> {
  const path = join(folder, `${name}.parquet`);
  await runDuckDb(`COPY (SELECT ${select} FROM range(${rows}) AS t(i)) TO '${path}' (FORMAT parquet)`);
  return path;
}

interface Column {
  readonly column: string;
  readonly outcome: string;
  readonly drifted: boolean;
  readonly psi: number | null;
  readonly kl: number | null;
  readonly p_value: number;
  readonly bins: readonly { readonly bin: string; readonly base: number; readonly current: number }[];
}

async function drift(...args: string[]): Promise<Ended & { readonly columns: readonly Column[] }> {
  const ended = await muster(["drift", ...args, "--format", "json"], folder);
  if (ended.code !== 0 && ended.code !== 1) throw new Error(ended.err);
  return { ...ended, columns: JSON.parse(ended.out).columns };
}

const outcomes = ({ columns }: { readonly columns: readonly Column[] }): Record<string, string> =>
  Object.fromEntries(columns.map(({ column, outcome }) => [column, outcome]));

describe("drift does not have the known defects of other tools", () => {
  test("identical data passes, and its p-value is 1 (Giskard's chi-square fails it)", async () => {
    const same = await table("same", `${normal(1)} AS x, ['a', 'b', 'c'][1 + i % 3] AS c`);
    const found = await drift(same, same);
    expect(outcomes(found)).toEqual({ x: "steady", c: "steady" });
    expect(found.columns.map(({ p_value }) => p_value)).toEqual([1, 1]);
    expect(found.code).toBe(0);
  });

  test("one unseen value in 10,000 rows is no drift (Evidently, whylogs, Giskard: p = 0)", async () => {
    const base = await table("known", "['a', 'b', 'c'][1 + i % 3] AS c");
    const current = await table(
      "one-new",
      "CASE WHEN i = 77 THEN 'new' ELSE ['a', 'b', 'c'][1 + i % 3] END AS c",
    );
    const found = await drift(base, current);
    expect(outcomes(found)).toEqual({ c: "steady" });
    expect(found.columns[0]?.bins).toContainEqual({ bin: "(unseen)", base: 0, current: 1 });
    expect(found.columns[0]?.p_value).toBeGreaterThan(0.1);
  });

  test("one outlier does not blind the test (Evidently, Giskard, whylogs, TFDV: bins of equal width)", async () => {
    const base = await table("normal", `${normal(1)} AS x`);
    const moved = await table("moved", `${normal(2)} + 0.6 AS x`);
    const outlier = await table("outlier", `CASE WHEN i = 5 THEN 1e6 ELSE ${normal(2)} + 0.6 END AS x`);
    const [plain, blinded] = [await drift(base, moved), await drift(base, outlier)];
    expect(outcomes(blinded)).toEqual({ x: "drifted" });
    expect(Math.abs(Number(plain.columns[0]?.psi) - Number(blinded.columns[0]?.psi))).toBeLessThan(0.001);
  });

  test("an infinity without a NaN neither stops it nor moves the bins (Evidently: range is not finite)", async () => {
    const base = await table("finite", `${normal(1)} AS x`);
    const infinite = await table(
      "infinite",
      `CASE WHEN i = 5 THEN CAST('Infinity' AS DOUBLE) ELSE ${normal(2)} END AS x`,
    );
    for (const pair of [
      [base, infinite],
      [infinite, base],
      [infinite, infinite],
    ] as const) {
      const found = await drift(...pair);
      expect(outcomes(found)).toEqual({ x: "steady" });
      expect(found.columns[0]?.bins.map(({ bin }) => bin)).toContain("(infinity)");
    }
  });

  test("one empty column leaves the others judged (Evidently: the whole report fails)", async () => {
    const base = await table(
      "empty-base",
      `${normal(1)} AS x, CAST(NULL AS DOUBLE) AS nothing, ${normal(3)} AS gone`,
    );
    const current = await table(
      "empty-now",
      `${normal(2)} AS x, CAST(NULL AS DOUBLE) AS nothing, CAST(NULL AS DOUBLE) AS gone`,
    );
    expect(outcomes(await drift(base, current))).toEqual({ x: "steady", nothing: "steady", gone: "drifted" });
  });

  test("an equal share of NaN is no drift and a jump of it is (TFDV: equal shares count as a full divergence)", async () => {
    const nan = (share: number, seed: number): string =>
      `CASE WHEN hash(i + ${seed}) % 100 < ${share} THEN CAST('NaN' AS DOUBLE) ELSE ${normal(seed)} END AS x`;
    const base = await table("nan-10", nan(10, 1));
    expect(outcomes(await drift(base, await table("nan-10-too", nan(10, 2))))).toEqual({ x: "steady" });
    expect(outcomes(await drift(base, await table("nan-60", nan(60, 2))))).toEqual({ x: "drifted" });
  });

  test("a jump of missing values is drift (Evidently, NannyML, whylogs drop them first)", async () => {
    const missing = (share: number, seed: number): string =>
      `CASE WHEN hash(i + ${seed}) % 100 >= ${share} THEN ${normal(seed)} END AS x, ` +
      `CASE WHEN hash(i + ${seed}) % 100 >= ${share} THEN 'a' END AS c`;
    const base = await table("missing-2", missing(2, 1));
    const found = await drift(base, await table("missing-50", missing(50, 2)));
    expect(outcomes(found)).toEqual({ x: "drifted", c: "drifted" });
  });

  test("--bins has an effect (Evidently's n_bins, NannyML's computation_params are ignored)", async () => {
    const data = await table("binned", `${normal(1)} AS x`);
    const bins = async (count: string): Promise<number | undefined> => {
      const profile = join(folder, `bins-${count}.json`);
      expect((await muster(["profile", data, "-o", profile, "--bins", count], folder)).code).toBe(0);
      return (await drift(profile, data)).columns[0]?.bins.length;
    };
    expect([await bins("10"), await bins("20")]).toEqual([10, 20]);
  });

  test("the same input gives the same bytes, also above the sample's size (whylogs: p-values at random)", async () => {
    const base = await table("twice-base", `${normal(1)} AS x, hash(i) % 1000 AS n`, 60_000);
    const current = await table("twice-now", `${normal(2)} + 0.05 AS x, hash(i) % 999 AS n`, 60_000);
    expect((await drift(base, current)).out).toBe((await drift(base, current)).out);
  });

  test("a window too small to say is undecided, neither drifted nor steady (Evidently: 8 rows drift)", async () => {
    const base = await table("many", `${normal(1)} AS x`);
    const few = await table("eight", `${normal(2)} + 0.3 AS x`, 8);
    const found = await drift(base, few);
    expect(outcomes(found)).toEqual({ x: "undecided" });
    expect(found.code).toBe(1);
    const none = await drift(base, await table("none", `${normal(2)} AS x`, 0));
    expect([outcomes(none), none.code]).toEqual([{ x: "undecided" }, 1]);
  });

  test("rows alone make no drift: a hundredth of a deviation in 200,000 rows is none (KS p-values fire)", async () => {
    const base = await table("huge-base", `${normal(1)} AS x`, 200_000);
    const now = await table("huge-now", `${normal(2)} + 0.02 AS x`, 200_000);
    expect(outcomes(await drift(base, now))).toEqual({ x: "steady" });
  });

  test("a column that is gone is said and fails, rather than left out", async () => {
    const base = await table("both", `${normal(1)} AS x, ${normal(2)} AS y`);
    const current = await table("one", `${normal(3)} AS x`);
    const found = await drift(base, current);
    expect(JSON.parse(found.out).skipped).toEqual([{ column: "y", because: "the current table lacks it" }]);
    expect(found.code).toBe(1);
  });
});

describe("the gate does not have the known defects of other tools", () => {
  const project = toyProject();
  const check = async (): Promise<{
    verdict: string;
    claims: { id: string; outcome: string; because?: string }[];
  }> =>
    JSON.parse(
      (await muster(["check", "--model", project.good, "--fresh", "--format", "json"], project.folder)).out,
    );

  test("a declared subgroup without a row holds the model (Evidently, TFMA: no test, so it passes)", async () => {
    project.write("eval.csv", csv(2000, 1000, ["north"]));
    const { verdict, claims } = await check();
    expect(verdict).toBe("hold");
    expect(claims.filter(({ id }) => id.includes("south")).map(({ outcome }) => outcome)).not.toContain(
      "kept",
    );
  });

  test("a missing sensitive attribute is a group of its own (fairlearn: its rows vanish)", async () => {
    project.write("eval.csv", csv(2000, 1000, ["north", "south", ""]));
    const { out } = await muster(
      [
        "measure",
        "roc_auc",
        "eval.csv",
        "--label",
        "was_late",
        "--score",
        "weight",
        "--positive",
        "1",
        "--by",
        "depot",
        "--format",
        "json",
      ],
      project.folder,
    );
    const groups = JSON.parse(out).groups as { group: { depot: string | null }; rows: number }[];
    expect(groups.map(({ group }) => group.depot).sort()).toEqual(["north", "south", null].sort());
    expect(groups.reduce((sum, { rows }) => sum + rows, 0)).toBe(2000);
  });

  test("a check that could not run is no pass (Deepchecks, Evidently's SKIPPED)", async () => {
    project.write("eval.csv", csv(2000, 1000).replace("was_late", "was_later"));
    const { verdict, claims } = await check();
    expect(verdict).toBe("hold");
    const primary = claims.find(({ id }) => id === "evaluation-primary");
    expect(primary?.outcome).toBe("undecided");
  });

  test("one run does not leak into the next (NannyML): the first data gives the first verdict again", async () => {
    project.write("eval.csv", csv(2000, 1000));
    const first = await check();
    project.write("eval.csv", csv(2000, 1000, ["north"]));
    expect((await check()).verdict).toBe("hold");
    project.write("eval.csv", csv(2000, 1000));
    const again = await check();
    expect(again.verdict).toBe(first.verdict);
    expect(again.claims.map(({ outcome }) => outcome)).toEqual(first.claims.map(({ outcome }) => outcome));
  });
});
