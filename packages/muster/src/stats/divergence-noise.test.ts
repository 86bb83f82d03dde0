import { expect, test } from "vitest";
import { chiSquaredQuantile, divergenceNoise } from "./divergence-noise.ts";
import { uniforms } from "./uniforms.ts";

// Printed critical values of the chi-squared distribution.
test.each([
  [0.99, 1, 6.635],
  [0.99, 9, 21.666],
  [0.99, 19, 36.191],
  [0.99, 49, 74.919],
  [0.95, 10, 18.307],
])("the %s quantile of chi-squared with %s degrees of freedom is %s", (level, df, value) => {
  expect(chiSquaredQuantile(level, df)).toBeCloseTo(value, 3);
});

test.each([
  [10, 10_000, 500, 0.00945, 0.0228, 0.0455],
  [10, 10_000, 5_000, 0.00135, 0.0033, 0.0065],
  [20, 50_000, 1_000, 0.00969, 0.0185, 0.0369],
  [50, 50_000, 1_000, 0.025, 0.0382, 0.0764],
  [10, 100_000, 100, 0.0451, 0.108, 0.217],
])("%s bins, %s rows against %s: the noise of KL and PSI", (bins, n, m, expected, kl, psi) => {
  const noise = divergenceNoise(bins, n, m);
  // The table rounds its limits up here and there: one unit of the last printed digit.
  const unit = 1.0001e-4;
  expect(Math.abs(noise.expected - expected)).toBeLessThan(unit);
  expect(Math.abs(noise.limit - kl)).toBeLessThan(kl > 0.1 ? 10 * unit : unit);
  expect(Math.abs(2 * noise.limit - psi)).toBeLessThan(psi > 0.1 ? 10 * unit : unit);
});

test("it is what a simulation of two samples of one distribution gives", () => {
  const random = uniforms(7);
  const counts = (rows: number): number[] => {
    const bins = new Array<number>(10).fill(0);
    for (let i = 0; i < rows; i++) {
      const bin = Math.floor(random() * 10);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    return bins;
  };
  const runs = 300;
  const [n, m] = [10_000, 500];
  const values: number[] = [];
  for (let run = 0; run < runs; run++) {
    const reference = counts(n);
    values.push(
      counts(m).reduce(
        (sum, c, i) => sum + (c === 0 ? 0 : (c / m) * Math.log(c / m / ((reference[i] ?? 0) / n))),
        0,
      ),
    );
  }
  const noise = divergenceNoise(10, n, m);
  const mean = values.reduce((a, b) => a + b, 0) / runs;
  expect(Math.abs(mean - noise.expected)).toBeLessThan(0.001);
  expect(values.filter((v) => v > noise.limit).length).toBeLessThan(12);
});
