import { expect, test } from "vitest";
import { normalTails } from "../../stats/normal.ts";
import { uniforms } from "../../stats/uniforms.ts";
import { allowed, cellsOfRows, missed, normal } from "./fixtures/coverage.ts";
import { inputOf, named } from "./fixtures/measuring.ts";
import type { MetricColumns } from "./metric.ts";

const runs = 1000;
const names = ["a", "b", "c"];
const columns: MetricColumns = {
  table: "t",
  label: "y",
  scores: names.map((name) => ({ class: name, column: `s_${name}` })),
};
const metric = named("roc_auc");

/** Of each class so many rows; its own score is higher by `apart`, and all of a row's scores share something. */
const sample = (sizes: readonly number[], apart: number) => (random: () => number) => {
  const truth: string[] = [];
  const scores: number[][] = names.map(() => []);
  sizes.forEach((size, k) => {
    for (let i = 0; i < size; i++) {
      truth.push(names[k] ?? "");
      const shared = normal(random);
      for (const [j, own] of scores.entries()) own.push((j === k ? apart : 0) + shared + normal(random));
    }
  });
  const ones = new Float64Array(truth.length).fill(1);
  const zeros = new Float64Array(truth.length);
  return cellsOfRows([truth, ...scores], { rows: ones, size: ones, unanswered: zeros, unlisted: zeros });
};

test.each([
  { multi_class: "ovr", average: "macro", sizes: [150, 60, 40], apart: 2 },
  { multi_class: "ovr", average: "micro", sizes: [150, 60, 40], apart: 2 },
  { multi_class: "ovo", average: "weighted", sizes: [50, 50, 50], apart: 1.5 },
])("$multi_class $average of $sizes rows of each class", ({ multi_class, average, sizes, apart }) => {
  const input = inputOf(metric, columns, { multi_class, average });
  // Two scores of one class differ by a normal number of variance 4, whatever the row's other scores.
  const truth = average === "micro" ? microTruth(sizes, apart) : normalTails(apart / 2).lower;
  const survey = { metric, input, truth, runs, seed: 41, draw: sample(sizes, apart) };
  for (const side of ["lower", "upper"] as const) {
    const { share, without } = missed(survey, side);
    expect(without).toBeLessThan(0.01);
    expect(share).toBeLessThan(allowed(runs));
    expect(share).toBeGreaterThan(0.01);
  }
});

/** Rows of a sample have their shared number in all entries, so the truth is that of many samples. */
function microTruth(sizes: readonly number[], apart: number): number {
  const input = inputOf(metric, columns, { multi_class: "ovr", average: "micro" });
  const found = metric.finish(
    input,
    sample(
      sizes.map((size) => size * Math.ceil(200_000 / sizes.reduce((a, b) => a + b, 0))),
      apart,
    )(uniforms(2)),
  );
  return found.kind === "value" ? found.value : Number.NaN;
}
