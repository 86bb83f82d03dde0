import { expect, test } from "vitest";
import { uniforms } from "../../stats/uniforms.ts";
import { allowed, cellsOfRows, missed } from "./fixtures/coverage.ts";
import { inputOf, named } from "./fixtures/measuring.ts";
import type { MetricColumns } from "./metric.ts";

const runs = 1200;
const names = ["a", "b", "c"];
const columns: MetricColumns = {
  table: "t",
  label: "",
  labels: names.map((name) => ({ class: name, column: name })),
  predictions: names.map((name) => ({ class: name, column: `p_${name}` })),
};

/** Rows have all labels more often, or none, and predictions of one row are all good or all bad. */
const draw = (n: number) => (random: () => number) => {
  const keys = Array.from({ length: n }, () => {
    const often = random() < 0.5 ? 0.75 : 0.15;
    const right = random() < 0.5 ? 0.95 : 0.7;
    return names.reduce((key, _, k) => {
      const has = random() < often ? 1 : 0;
      const predicted = random() < right ? has : 1 - has;
      return key + 4 ** k * (2 * has + predicted);
    }, 0);
  });
  const ones = new Float64Array(n).fill(1);
  const zeros = new Float64Array(n);
  return cellsOfRows([keys], { rows: ones, size: ones, unanswered: zeros, partial: zeros, odd: zeros });
};

test.each([
  { name: "f1", average: "macro", rows: 120 },
  { name: "f1", average: "micro", rows: 120 },
  { name: "precision", average: "weighted", rows: 200 },
  { name: "recall", average: "micro", rows: 60 },
])("$average $name of $rows rows whose labels go together", ({ name, average, rows }) => {
  const metric = named(name);
  const input = inputOf(metric, columns, { average });
  const many = metric.finish(input, draw(400_000)(uniforms(9)));
  if (many.kind !== "value") throw new Error("no value");
  const survey = { metric, input, truth: many.value, runs, seed: 51, draw: draw(rows) };
  for (const side of ["lower", "upper"] as const) {
    const { share, without } = missed(survey, side);
    expect(without).toBeLessThan(0.01);
    expect(share).toBeLessThan(allowed(runs));
    expect(share).toBeGreaterThan(0.015);
  }
});
