import { describe, expect, test } from "vitest";
import { predictionPoweredMean, sampleMean } from "./prediction-powered.ts";
import { roganGladen } from "./rogan-gladen.ts";
import { uniforms } from "./uniforms.ts";

describe("an instrument that errs is corrected", () => {
  test("by the formulas, worked out by hand", () => {
    // 0.70 seen, specificity 0.9 of 60, sensitivity 0.95 of 90: (0.7 + 0.9 - 1) / 0.85 = 0.705882..
    const found = roganGladen(0.7, 1000, {
      specificity: 0.9,
      negatives: 60,
      sensitivity: 0.95,
      positives: 90,
    });
    expect(found?.estimate).toBeCloseTo(0.7058823529, 10);
    // sqrt(0.00021 + 0.0865052 * 0.0015 + 0.4982699 * 0.000527778) / 0.85
    expect(found?.standardError).toBeCloseTo(0.0288831, 6);
    const powered = predictionPoweredMean(sampleMean([1, 1, 0, 1]), sampleMean([0, -1, 0, 1, -1]));
    expect(powered.estimate).toBeCloseTo(0.75 - 0.2, 12);
    // Variances 0.25 and 0.7: sqrt(0.0625 + 0.14).
    expect(powered.standardError).toBeCloseTo(0.45, 12);
  });

  test("but not one that is hardly better than guessing", () => {
    const weak = { specificity: 0.7, negatives: 60, sensitivity: 0.75, positives: 90 };
    expect(roganGladen(0.7, 1000, weak)).toBeNull();
    expect(roganGladen(0.7, 1000, { ...weak, sensitivity: Number.NaN })).toBeNull();
  });

  test("so that its interval covers the truth as often as it says, where the plain share never does", () => {
    const next = uniforms(7);
    const [truth, sensitivity, specificity] = [0.8, 0.95, 0.7];
    const said = (right: boolean) => (next() < (right ? sensitivity : 1 - specificity) ? 1 : 0);
    let [powered, rogan, plain] = [0, 0, 0];
    const runs = 1500;
    for (let run = 0; run < runs; run++) {
      const many = Array.from({ length: 800 }, () => said(next() < truth));
      const few = Array.from({ length: 200 }, () => {
        const right = next() < truth;
        return { right, judged: said(right) };
      });
      const covers = ({ estimate, standardError }: { estimate: number; standardError: number }): number =>
        Math.abs(estimate - truth) <= 1.96 * standardError ? 1 : 0;
      const all = sampleMean(many);
      powered += covers(
        predictionPoweredMean(all, sampleMean(few.map(({ right, judged }) => Number(right) - judged))),
      );
      const yes = few.filter(({ right }) => right);
      const no = few.filter(({ right }) => !right);
      const corrected = roganGladen(
        all.mean,
        800,
        {
          sensitivity: yes.filter(({ judged }) => judged === 1).length / yes.length,
          positives: yes.length,
          specificity: no.filter(({ judged }) => judged === 0).length / no.length,
          negatives: no.length,
        },
        0.3,
      );
      if (corrected !== null) rogan += covers(corrected);
      plain += covers({ estimate: all.mean, standardError: Math.sqrt(all.variance / all.n) });
    }
    expect(powered / runs).toBeGreaterThan(0.93);
    expect(powered / runs).toBeLessThan(0.97);
    expect(rogan / runs).toBeGreaterThan(0.92);
    expect(rogan / runs).toBeLessThan(0.98);
    expect(plain / runs).toBeLessThan(0.75);
  });
});
