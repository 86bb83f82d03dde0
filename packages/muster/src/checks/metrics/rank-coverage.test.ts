import { describe, expect, test } from "vitest";
import { uniforms } from "../../stats/uniforms.ts";
import { allowed, cellsOfRows, missed, normal } from "./fixtures/coverage.ts";
import { inputOf, named } from "./fixtures/measuring.ts";

const runs = 1500;
const columns = { table: "t", label: "y", prediction: "p" };

/** Pairs of normal numbers of this correlation; `round` cuts them into few values. */
const pairs = (n: number, correlation: number, shape: (z: number) => number) => (random: () => number) => {
  const x: number[] = [];
  const y: number[] = [];
  for (let i = 0; i < n; i++) {
    const a = normal(random);
    const b = correlation * a + Math.sqrt(1 - correlation ** 2) * normal(random);
    x.push(shape(a));
    y.push(shape(b));
  }
  const ones = new Float64Array(n).fill(1);
  return cellsOfRows([x, y], { rows: ones, size: ones, unanswered: new Float64Array(n) });
};

const same = (z: number): number => z;

// For normal numbers: M. G. Kendall, Rank Correlation Methods, 4th ed. 1970, chapters 9 and 10.
const tau = (r: number): number => (2 / Math.PI) * Math.asin(r);
const rho = (r: number): number => (6 / Math.PI) * Math.asin(r / 2);

describe.each([
  ["spearman", rho],
  ["kendall_tau_b", tau],
] as const)("%s", (name, truthOf) => {
  test.each([
    { n: 50, correlation: 0 },
    { n: 50, correlation: 0.6 },
    { n: 50, correlation: 0.9 },
    { n: 200, correlation: 0.8 },
    { n: 200, correlation: -0.5 },
  ])("of $n rows correlated by $correlation", ({ n, correlation }) => {
    const metric = named(name);
    const input = inputOf(metric, columns);
    const survey = {
      metric,
      input,
      truth: truthOf(correlation),
      runs,
      seed: 31,
      draw: pairs(n, correlation, same),
    };
    for (const side of ["lower", "upper"] as const) {
      const { share, without } = missed(survey, side);
      expect(without).toBe(0);
      expect(share).toBeLessThan(allowed(runs));
      expect(share).toBeGreaterThan(0.02);
    }
  });

  test("with many ties, as of stars from one to five", () => {
    const metric = named(name);
    const input = inputOf(metric, columns);
    const stars = (z: number): number => Math.max(-2, Math.min(2, Math.round(z)));
    const many = metric.finish(input, pairs(200_000, 0.7, stars)(uniforms(1)));
    if (many.kind !== "value") throw new Error("no value");
    const survey = { metric, input, truth: many.value, runs, seed: 33, draw: pairs(100, 0.7, stars) };
    for (const side of ["lower", "upper"] as const) {
      const { share } = missed(survey, side);
      expect(share).toBeLessThan(allowed(runs));
      expect(share).toBeGreaterThan(0.02);
    }
  });
});
