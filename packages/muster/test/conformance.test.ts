import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

// 313 numbers and sets of numbers that others printed: scikit-learn, scipy, R, NIST, trec_eval, sacrebleu and so on.
// Each family has a test of its own, which runs every case of its fixture; here is that none is missing or altered.

interface Case {
  readonly id: string;
  readonly metric: string;
  readonly expected: unknown;
  readonly tolerance: number;
}

const families = [
  { run: "src/checks/metrics/conformance.test.ts", cases: "src/checks/metrics/fixtures/vectors.json" },
  {
    run: "src/checks/metrics/text/conformance.test.ts",
    cases: "src/checks/metrics/text/fixtures/vectors.json",
  },
  {
    run: "src/checks/metrics/ranking/conformance.test.ts",
    cases: "src/checks/metrics/ranking/fixtures/vectors.json",
  },
  { run: "src/stats/conformance.test.ts", cases: "src/stats/fixtures/vectors.json" },
  { run: "src/stats/drift-conformance.test.ts", cases: "src/stats/fixtures/drift-vectors.json" },
  { run: "test/conformance-end-to-end.test.ts", cases: "test/fixtures/california-housing/vectors.json" },
] as const;

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const casesOf = (path: string): readonly Case[] => JSON.parse(read(path));

/** What is expected of each case, as it was printed. */
const published = new Map<string, Pick<Case, "expected" | "tolerance">>(
  Object.entries(JSON.parse(read("test/fixtures/published-vectors.json"))),
);

/** Cases whose printed number is wrong, with the reason; the family's fixture has the right one. */
const deviations = new Map([
  [
    "drift-ks-large",
    "scipy 1.10 lost the p-value 6.26e-26 by cancellation and printed 4.2e-15; so say exact arithmetic with 60 digits and scipy 1.17",
  ],
]);

/** Cases of our own beside those that were collected: two more sets of NIST's linear regressions. */
const ownCases = ["nist-ols-longley", "nist-ols-wampler4"];

const all = families.flatMap(({ cases }) => casesOf(cases));

test("every case is run by a family, and no other is", () => {
  expect(published.size).toBe(313);
  const run = new Set(all.map(({ id }) => id));
  expect([...run].sort()).toEqual([...published.keys(), ...ownCases].sort());
});

test("every case expects what was printed, as nearly as was said, but for those that were printed wrong", () => {
  const altered = all.filter(({ id, expected, tolerance }) => {
    const wanted = published.get(id);
    return wanted !== undefined && JSON.stringify(wanted) !== JSON.stringify({ expected, tolerance });
  });
  expect(altered.map(({ id }) => id)).toEqual([...deviations.keys()]);
});

test("what a metric does not offer of a case, the statistics do", () => {
  const statistics = new Set(casesOf("src/stats/fixtures/vectors.json").map(({ id }) => id));
  const partly = all.filter(({ metric }) => ["roc_auc_ci_delong", "cohen_kappa_ci"].includes(metric));
  expect(partly.length).toBeGreaterThan(0);
  expect(partly.filter(({ id }) => !statistics.has(id))).toEqual([]);
});

describe.each(families)("$run", ({ run, cases }) => {
  const text = read(run);

  test("runs its fixture", () => {
    const name = cases.split("/").at(-1) ?? "";
    expect(text).toContain(name);
    expect(text).not.toMatch(/\.(skip|only|todo)\b/);
  });

  test("takes from Muster only what everybody can import", () => {
    const imported = Array.from(text.matchAll(/from "(\.[^"]*)"/g), ([, path]) => path ?? "");
    const product = imported.filter((path) => !path.includes("/fixtures/"));
    expect(product.length).toBeGreaterThan(0);
    expect(product.filter((path) => !/\/(index|node)\.ts$/.test(path))).toEqual([]);
  });
});
