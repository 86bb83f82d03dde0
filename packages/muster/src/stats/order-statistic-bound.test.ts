import { describe, expect, test } from "vitest";
import type { Side } from "./interval.ts";
import { orderStatisticRank, quantileBounds, rowsBehindQuantile } from "./order-statistic-bound.ts";
import { uniforms } from "./uniforms.ts";

/** The probability of at most `most` successes, term by term. */
function atMost(most: number, n: number, q: number): number {
  let term = (1 - q) ** n;
  let sum = 0;
  for (let k = 0; k <= most; k++) {
    sum += term;
    term *= ((n - k) / (k + 1)) * (q / (1 - q));
  }
  return sum;
}

test("the rank is the last one that misses seldom enough, by the binomial's own terms", () => {
  for (const n of [1, 2, 3, 5, 10, 29, 44, 45, 100, 300]) {
    for (const q of [0.1, 0.5, 0.9]) {
      for (const confidence of [0.55, 0.83, 0.955, 0.985]) {
        const ranks = Array.from({ length: n }, (_, i) => i + 1);
        const low = ranks.filter((r) => atMost(r - 1, n, q) <= 1 - confidence).at(-1) ?? null;
        const high = ranks.find((s) => 1 - atMost(s - 1, n, q) <= 1 - confidence) ?? null;
        expect(orderStatisticRank(n, q, confidence, "lower")).toBe(low);
        expect(orderStatisticRank(n, q, confidence, "upper")).toBe(high);
      }
    }
  }
});

test("agrees with scipy's binomial for many rows", () => {
  // scipy.stats.binom.ppf(0.05, n, q): the rank from below is that, as cdf(rank - 1) is below 0.05; from above sf likewise.
  expect(orderStatisticRank(1000, 0.5, 0.95, "lower")).toBe(474);
  expect(orderStatisticRank(1000, 0.5, 0.95, "upper")).toBe(527);
  expect(orderStatisticRank(100_000, 0.9, 0.95, "lower")).toBe(89_844);
  expect(orderStatisticRank(100_000, 0.9, 0.95, "upper")).toBe(90_157);
  expect(orderStatisticRank(3_000_000, 0.99, 0.999, "lower")).toBe(2_969_466);
  expect(orderStatisticRank(3_000_000, 0.99, 0.999, "upper")).toBe(2_970_532);
});

const all = (values: readonly number[], q: number): ((c: number, side: Side) => number | null) => {
  const sorted = Float64Array.from(values).sort();
  const weights = new Float64Array(sorted.length).fill(1);
  const rows = rowsBehindQuantile({ values: sorted, weights, squares: weights }, q, 0);
  return quantileBounds({ values: sorted, weights }, rows, q);
};

describe("the bound of a quantile", () => {
  test("needs as many rows as could be on one side by chance", () => {
    // 0.9^28 is above 0.05 and 0.9^29 below; 0.5^4 above and 0.5^5 below.
    expect(orderStatisticRank(28, 0.9, 0.95, "upper")).toBeNull();
    expect(orderStatisticRank(29, 0.9, 0.95, "upper")).toBe(29);
    expect(all([1, 2, 3, 4], 0.5)(0.95, "upper")).toBeNull();
    expect(all([1, 2, 3, 4, 5], 0.5)(0.95, "upper")).toBe(5);
    expect(all([], 0.5)(0.95, "lower")).toBeNull();
    expect(all([7], 0)(0.95, "lower")).toBeNull();
    expect(all([7], 1)(0.95, "upper")).toBeNull();
  });

  test("of equal values is that value", () => {
    expect(all(Array<number>(50).fill(3), 0.5)(0.99, "lower")).toBe(3);
    expect(all(Array<number>(50).fill(3), 0.5)(0.99, "upper")).toBe(3);
  });

  const misses = (
    draw: (random: () => number) => number,
    { n, q, truth, side }: { n: number; q: number; truth: number; side: Side },
  ): number => {
    const random = uniforms(17 + n);
    let missed = 0;
    for (let run = 0; run < 4000; run++) {
      const bound = all(
        Array.from({ length: n }, () => draw(random)),
        q,
      )(0.95, side);
      if (bound === null) throw new Error("no bound");
      if (side === "lower" ? bound > truth : bound < truth) missed++;
    }
    return missed / 4000;
  };
  const exponential = (random: () => number): number => -Math.log(1 - random());

  // Two standard errors of 4000 runs at 0.05 are 0.007; what the steps of the binomial leave is below 0.05.
  test.each([
    { n: 40, q: 0.5, side: "lower" },
    { n: 40, q: 0.5, side: "upper" },
    { n: 60, q: 0.9, side: "lower" },
    { n: 60, q: 0.9, side: "upper" },
    { n: 200, q: 0.9, side: "upper" },
  ] as const)("misses as seldom as it says, of $n rows at $q on the $side side", ({ n, q, side }) => {
    const share = misses(exponential, { n, q, truth: -Math.log(1 - q), side });
    expect(share).toBeLessThan(0.057);
    expect(share).toBeGreaterThan(0.01);
  });

  test.each(["lower", "upper"] as const)(
    "misses no more often where many values are tied, on the %s side",
    (side) => {
      // Rounded up to whole numbers the median of exponentials of mean 1.2 / ln 2 is 2: 1 - 2^(-1/1.2) is 0.439, that of 2 0.685.
      const draw = (random: () => number) => Math.ceil((1.2 / Math.LN2) * exponential(random));
      expect(misses(draw, { n: 60, q: 0.5, truth: 2, side })).toBeLessThan(0.057);
    },
  );
});

describe("with weights", () => {
  test("rows of one weight are rows", () => {
    const values = Float64Array.from({ length: 80 }, (_, i) => i);
    const weights = new Float64Array(80).fill(2.5);
    const squares = weights.map((w) => w * w);
    const rows = rowsBehindQuantile({ values, weights, squares }, 0.5, 39.5);
    expect(rows).toBeCloseTo(80, 9);
    const ones = quantileBounds({ values, weights: new Float64Array(80).fill(1) }, 80, 0.5);
    const own = quantileBounds({ values, weights }, 80, 0.5);
    for (const side of ["lower", "upper"] as const) expect(own(0.95, side)).toBe(ones(0.95, side));
  });

  test("the bound misses as seldom as it says where they go with the values", () => {
    // Weights 3 for small and 1 for large errors undo a draw that takes large ones three times as often.
    const random = uniforms(23);
    const runs = 3000;
    let low = 0;
    let high = 0;
    for (let run = 0; run < runs; run++) {
      const drawn = Array.from({ length: 150 }, () => {
        const small = random() < 0.25;
        return small ? { value: random(), weight: 3 } : { value: 1 + random(), weight: 1 };
      }).sort((a, b) => a.value - b.value);
      const values = drawn.map(({ value }) => value);
      const weights = drawn.map(({ weight }) => weight);
      const squares = weights.map((w) => w * w);
      // Half of the weight is below 1 and half above; the 0.75 quantile is 1.5.
      const rows = rowsBehindQuantile({ values, weights, squares }, 0.75, 1.5);
      const bound = quantileBounds({ values, weights }, rows, 0.75);
      if ((bound(0.95, "lower") ?? 0) > 1.5) low++;
      if ((bound(0.95, "upper") ?? 9) < 1.5) high++;
    }
    expect(low / runs).toBeLessThan(0.062);
    expect(high / runs).toBeLessThan(0.062);
    expect(low / runs).toBeGreaterThan(0.005);
    expect(high / runs).toBeGreaterThan(0.005);
  });
});
