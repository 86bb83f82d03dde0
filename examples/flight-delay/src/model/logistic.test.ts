import { expect, test } from "vitest";
import { generator } from "../testing/made-up-flights.ts";
import { fitLogistic } from "./logistic.ts";

test("one binary column gives the log-odds of its two groups", () => {
  // 3 of 10 positive at 0, 8 of 10 at 1.
  const x = Float32Array.from({ length: 20 }, (_, row) => (row < 10 ? 0 : 1));
  const labels = Uint8Array.from(x, (_, row) => Number(row < 3 || (row >= 10 && row < 18)));
  const [weight, constant] = fitLogistic([x], labels);
  expect(constant).toBeCloseTo(Math.log(3 / 7), 12);
  expect(weight).toBeCloseTo(Math.log(8 / 2) - Math.log(3 / 7), 12);
});

test("at the maximum no column is left with a slope", () => {
  const random = generator(3);
  const columns = [0, 1].map(() => Float32Array.from({ length: 500 }, random));
  const labels = Uint8Array.from(columns[0] ?? [], (x) => Number(random() < 0.2 + 0.5 * x));
  const weights = fitLogistic(columns, labels);
  for (const column of [...columns, new Float32Array(500).fill(1)]) {
    let slope = 0;
    labels.forEach((label, row) => {
      const sum = columns.reduce((s, c, i) => s + (c[row] ?? 0) * (weights[i] ?? 0), weights[2] ?? 0);
      slope += (label - 1 / (1 + Math.exp(-sum))) * (column[row] ?? 0);
    });
    expect(Math.abs(slope)).toBeLessThan(1e-9);
  }
});

test("a column that says nothing of its own does no harm", () => {
  const x = Float32Array.from({ length: 400 }, (_, row) => row % 2);
  const labels = Uint8Array.from(x, (_, row) => Number(row % 5 === 0 || row % 7 === 0));
  const [alone, constant] = fitLogistic([x], labels);
  const [first, same, rest] = fitLogistic([x, new Float32Array(400).fill(-1.5)], labels);
  expect(first).toBeCloseTo(alone ?? Number.NaN, 6);
  expect((rest ?? Number.NaN) - 1.5 * (same ?? Number.NaN)).toBeCloseTo(constant ?? Number.NaN, 6);
});
