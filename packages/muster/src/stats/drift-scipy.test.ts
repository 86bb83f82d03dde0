import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chiSquareContingency, cramersV } from "./chi-square.ts";
import { entropy } from "./entropy.ts";
import { hellingerDistance } from "./hellinger-distance.ts";
import { binnedMasses, doaneBins, equalWidthEdges, sturgesBins } from "./histogram-bins.ts";
import { jensenShannonDistance } from "./jensen-shannon-distance.ts";
import { klDivergence } from "./kl-divergence.ts";
import { kolmogorovUpper } from "./kolmogorov.ts";
import { type Alternative, ks2samp } from "./ks-2samp.ts";
import { lInfinityDistance } from "./l-infinity-distance.ts";
import { populationStabilityIndex } from "./population-stability-index.ts";
import { totalVariationDistance } from "./total-variation-distance.ts";
import { wassersteinDistance } from "./wasserstein-distance.ts";
import { weightedValues } from "./weighted-values.ts";

/** Numbers of scipy and numpy; versions inside. */
const scipy = JSON.parse(readFileSync(new URL("./fixtures/scipy-distances.json", import.meta.url), "utf8"));

const relative = (got: number, wanted: number): number => Math.abs(got - wanted) / Math.max(1e-300, wanted);

describe("against scipy", () => {
  test.each(scipy.kstwo_sf as [number, number, number][])("kstwo.sf of %i values, D %f", (n, d, p) => {
    expect(relative(kolmogorovUpper(d, n), p)).toBeLessThan(2e-6);
  });

  interface Ks {
    readonly a: [number[], number[]];
    readonly b: [number[], number[]];
    readonly alternative: Alternative;
    readonly statistic: number;
    readonly p: number;
    readonly method?: "asymp";
  }
  test.each((scipy.ks_2samp as Ks[]).map((one, i) => [i, one] as const))("ks_2samp, case %i", (_, one) => {
    const { statistic, p } = ks2samp(weightedValues(...one.a), weightedValues(...one.b), {
      alternative: one.alternative,
      ...(one.method === undefined ? {} : { method: one.method }),
    });
    expect(statistic).toBeCloseTo(one.statistic, 12);
    expect(relative(p, one.p)).toBeLessThan(2e-6);
  });

  test("Doane's and Sturges' bins as numpy counts them", () => {
    for (const { name, doane, sturges, ...shape } of scipy.bins) {
      expect({ name, bins: doaneBins(shape) }).toEqual({ name, bins: doane });
      // numpy gives a sample without a spread one bin.
      if (shape.min < shape.max)
        expect({ name, bins: sturgesBins(shape.n) }).toEqual({ name, bins: sturges });
    }
  });

  test("chi2_contingency and Cramer's V, plain and corrected", () => {
    for (const one of scipy.contingency) {
      const plain = chiSquareContingency(one.table);
      expect(plain.statistic).toBeCloseTo(one.statistic, 10);
      expect(plain.p).toBeCloseTo(one.p, 10);
      expect(plain.df).toBe(one.df);
      expect(chiSquareContingency(one.table, { correction: true }).statistic).toBeCloseTo(one.corrected, 10);
      const g = chiSquareContingency(one.table, { likelihoodRatio: true });
      expect([g.statistic, g.p]).toEqual([expect.closeTo(one.g, 10), expect.closeTo(one.gp, 10)]);
      expect(cramersV(one.table)).toBeCloseTo(one.v, 10);
      expect(cramersV(one.table, { unbiased: true })).toBeCloseTo(one.bergsma, 10);
    }
  });

  test("distances between two distributions", () => {
    const { p, q, ...wanted } = scipy.distances;
    expect({
      kl: klDivergence(p, q),
      entropy2: entropy(p, 2),
      js2: jensenShannonDistance(p, q),
      jse: jensenShannonDistance(p, q, Math.E),
      hellinger: hellingerDistance(p, q),
      tv: totalVariationDistance(p, q),
      linf: lInfinityDistance(p, q),
    }).toEqual(
      Object.fromEntries(Object.entries(wanted).map(([k, v]) => [k, expect.closeTo(Number(v), 12)])),
    );
  });
});

describe("distances hold what they promise", () => {
  const masses = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 4, maxLength: 4 });

  test("zero from itself, symmetric where they should be, and the stability index both divergences together", () => {
    fc.assert(
      fc.property(masses, masses, (p, q) => {
        for (const distance of [totalVariationDistance, lInfinityDistance, hellingerDistance]) {
          expect(distance(p, p)).toBe(0);
          expect(distance(p, q)).toBeCloseTo(distance(q, p), 12);
          expect(distance(p, q)).toBeLessThanOrEqual(1);
        }
        expect(jensenShannonDistance(p, q)).toBeCloseTo(jensenShannonDistance(q, p), 7);
        expect(populationStabilityIndex(p, q)).toBeCloseTo(klDivergence(p, q) + klDivergence(q, p), 10);
      }),
    );
  });

  test("nothing but a shift moves every value by the distance", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1 }),
        fc.nat(9),
        (values, shift) => {
          const moved = values.map((value) => value + shift);
          expect(wassersteinDistance(weightedValues(values), weightedValues(moved))).toBeCloseTo(shift, 9);
        },
      ),
    );
  });

  test("a side without rows has no distance, and an empty histogram no shares", () => {
    const [none, some] = [weightedValues([]), weightedValues([1, 2])];
    expect(wassersteinDistance(none, some)).toBeNaN();
    expect(ks2samp(some, none)).toEqual({ statistic: Number.NaN, p: Number.NaN });
    expect(klDivergence([0, 0], [1, 2])).toBeNaN();
    expect(chiSquareContingency([[0, 0]])).toEqual({ statistic: 0, df: 0, p: 1 });
  });

  test("bins are half-open but for the last one, and what lies outside is counted nowhere", () => {
    const edges = equalWidthEdges(0, 4, 4);
    expect(Array.from(edges)).toEqual([0, 1, 2, 3, 4]);
    const { values, masses } = weightedValues([-1, 0, 0.5, 1, 2.5, 3, 4, 4, 5]);
    expect(Array.from(binnedMasses(values, masses, edges))).toEqual([2, 1, 1, 3]);
    expect(Array.from(equalWidthEdges(7, 7, 2))).toEqual([6.5, 7, 7.5]);
  });
});
