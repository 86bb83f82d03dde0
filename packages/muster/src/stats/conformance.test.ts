import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { positivesForAuc } from "./auc-power.ts";
import { flawlessTrialsNeeded, trialsNeeded } from "./binomial-power.ts";
import { clopperPearson, clopperPearsonBound } from "./clopper-pearson.ts";
import { finitePopulationLowerBound } from "./hypergeometric.ts";
import { mergeMoments, momentsOf, noMoments, sampleDeviation } from "./moments.ts";
import { type Adjustment, adjustP } from "./p-adjust.ts";
import { pairedDelong } from "./paired-delong.ts";
import { proportionDifference } from "./proportion-difference.ts";
import { powerOfTwoProportions, sampleOfTwoProportions } from "./two-proportions.ts";
import { wilson } from "./wilson.ts";

interface Vector {
  readonly id: string;
  readonly metric: string;
  readonly input: Readonly<Record<string, number & number[]>>;
  readonly params: Readonly<Record<string, unknown>>;
  readonly expected: unknown;
  readonly tolerance: number;
  readonly source: string;
}

const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL("./fixtures/vectors.json", import.meta.url), "utf8"),
);

/** Printed besides by the source, and of no use here. */
const notOffered = new Set(["lag1_autocorrelation"]);

function say({ metric, input, params }: Vector): unknown {
  const at = (name: string): number => Number(input[name]);
  const list = (name: string): Float64Array => Float64Array.from(input[name] ?? []);
  const confidence = Number(params.confidence);
  switch (metric) {
    case "proportion_ci":
      if (params.sides === "upper") return clopperPearsonBound(at("successes"), at("n"), confidence, "upper");
      return params.method === "wilson"
        ? wilson(at("successes"), at("n"), confidence)
        : clopperPearson(at("successes"), at("n"), confidence);
    case "finite_population_lower_bound":
      return finitePopulationLowerBound(at("population"), at("sample"), at("successes"), confidence);
    case "proportion_diff_ci":
      return proportionDifference(
        { successes: at("x1"), trials: at("n1") },
        { successes: at("x2"), trials: at("n2") },
        confidence,
      );
    case "p_adjust":
      return adjustP(Array.from(list("p")), params.method as Adjustment);
    case "univariate_summary": {
      const whole = momentsOf(list("values"));
      const parts = [0, 7, 50, Number.POSITIVE_INFINITY].map((from, i, all) =>
        momentsOf(list("values").slice(from, all[i + 1])),
      );
      const merged = parts.reduce(mergeMoments, noMoments);
      expect(merged.n).toBe(whole.n);
      return { mean: merged.mean, sd: sampleDeviation(merged) };
    }
    case "roc_auc_diff_delong": {
      const truth = list("y_true");
      const found = pairedDelong({
        a: list("y_score_a"),
        b: list("y_score_b"),
        positives: truth,
        negatives: truth.map((one) => 1 - one),
      });
      return found.kind === "value" ? { diff: found.difference, z: found.z, p: found.p } : found;
    }
    case "sample_size_one_proportion_exact": {
      const { sig_level: alpha, power } = params;
      const plan = { threshold: at("p0"), truth: at("p1"), alpha: Number(alpha), power: Number(power) };
      const { first: n_first, stable: n_stable } = trialsNeeded(plan);
      return { n_first, n_stable };
    }
    case "sample_size_zero_failure":
      return flawlessTrialsNeeded(at("min_proportion"), confidence);
    case "sample_size_two_proportions":
    case "power_two_proportions": {
      const sides = params.sides === 1 ? 1 : 2;
      const plan = { first: at("p1"), second: at("p2"), alpha: Number(params.sig_level), sides } as const;
      return metric === "power_two_proportions"
        ? powerOfTwoProportions(at("n_per_group"), plan)
        : sampleOfTwoProportions(Number(params.power), plan);
    }
    case "sample_size_auc": {
      const alpha = Number(params.sig_level) / (params.alternative === "two.sided" ? 2 : 1);
      const plan = { threshold: 0.5, truth: at("auc"), ratio: at("kappa"), alpha };
      const n_cases = positivesForAuc(Number(params.power), plan);
      return { n_cases, n_controls: n_cases * at("kappa") };
    }
    default:
      throw new Error(`nothing says ${metric}`);
  }
}

function differs(got: unknown, expected: unknown, tolerance: number): string | null {
  if (Array.isArray(expected)) {
    const own = got as readonly unknown[];
    return first(expected.map((one, i) => differs(own[i], one, tolerance)));
  }
  if (typeof expected === "object" && expected !== null) {
    const own = got as Readonly<Record<string, unknown>>;
    const left = Object.entries(expected).filter(([key]) => !notOffered.has(key));
    return first(left.map(([key, one]) => differs(own[key], one, tolerance)));
  }
  const wanted = Number(expected);
  const fits = Math.abs(Number(got) - wanted) <= tolerance * Math.max(1, Math.abs(wanted));
  return fits ? null : `got ${String(got)}, expected ${String(expected)}`;
}

function first(differences: readonly (string | null)[]): string | null {
  return differences.find((one) => one !== null) ?? null;
}

describe("statistics agree with the numbers that others printed", () => {
  for (const vector of vectors) {
    test(`${vector.id}: ${vector.source}`, () => {
      expect(differs(say(vector), vector.expected, vector.tolerance)).toBeNull();
    });
  }
});
