import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  type Adjustment,
  adjustP,
  agrestiCoull,
  bernoulliConfidenceSequence,
  betaBinomialLogMixture,
  binomialTest,
  clopperPearson,
  clopperPearsonBound,
  cohenKappa,
  delongInterval,
  estimatedPerformance,
  finitePopulationLowerBound,
  flawlessTrialsNeeded,
  fleissKappa,
  jeffreys,
  kappaTest,
  krippendorffAlpha,
  type Level,
  lag1Autocorrelation,
  linearRegression,
  mannWhitney,
  mcnemar,
  mcnemarExact,
  mergeMoments,
  momentsOf,
  noMoments,
  normalLogMixture,
  normalMixtureBound,
  normalMixtureRho,
  pairedDelong,
  polynomialRegression,
  positivesForAuc,
  powerOfTwoProportions,
  proportionDifference,
  type Statistic,
  sampleDeviation,
  sampleOfTwoProportions,
  scoreCells,
  trialsNeeded,
  wilson,
} from "../index.ts";
import { readVectors, type Vector } from "./fixtures/vector.ts";

/** Every vector has its own shape; each case reads what its metric needs. */
type Case = Vector<number & number[] & readonly (number | null)[][]>;

const vectors: readonly Case[] = readVectors(new URL("./fixtures/vectors.json", import.meta.url));

interface LinearSet {
  readonly y: readonly number[];
  /** One list a column. */
  readonly x: readonly (readonly number[])[];
}

/** Public domain: NIST Statistical Reference Datasets, https://www.itl.nist.gov/div898/strd/. */
const linearSets: Readonly<Record<string, LinearSet>> = JSON.parse(
  readFileSync(new URL("./fixtures/nist-linear.json", import.meta.url), "utf8"),
);

const numberOf = (statistic: Statistic): number =>
  statistic.kind === "value" ? statistic.value : Number.NaN;

function say({ metric, input, params }: Case): unknown {
  const at = (name: string): number => Number(input[name]);
  const list = (name: string): Float64Array => Float64Array.from(input[name] ?? []);
  const confidence = Number(params.confidence);
  switch (metric) {
    case "proportion_ci":
      if (params.sides === "upper") return clopperPearsonBound(at("successes"), at("n"), confidence, "upper");
      if (params.method === "agresti_coull") return agrestiCoull(at("successes"), at("n"), confidence);
      if (params.method === "jeffreys") return jeffreys(at("successes"), at("n"), confidence);
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
      const lag1_autocorrelation = numberOf(lag1Autocorrelation(list("values")));
      return { mean: merged.mean, sd: sampleDeviation(merged), lag1_autocorrelation };
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
    case "linear_regression": {
      const { x, y } = linearSets[String(input.set)] ?? { x: [], y: [] };
      const [first = []] = x;
      const model = String(params.model);
      const found = model.startsWith("poly")
        ? polynomialRegression(first, y, Number(model.slice("poly".length)))
        : linearRegression(x, y, { intercept: model !== "noint" });
      if (found.kind === "undefined") return found;
      return {
        coefficients: found.coefficients,
        r_squared: found.rSquared,
        residual_sd: found.residualDeviation,
      };
    }
    case "cohen_kappa": {
      const [truth, predicted] = [list("y_true"), list("y_pred")];
      const classes = Math.max(...truth, ...predicted) + 1;
      const cells = new Float64Array(classes * classes);
      truth.forEach((i, row) => {
        const at = i * classes + (predicted[row] ?? 0);
        cells[at] = (cells[at] ?? 0) + 1;
      });
      const weights = params.weights === "linear" ? "linear" : "none";
      return numberOf(cohenKappa(cells, classes, weights, truth.length).kappa);
    }
    case "cohen_kappa_ci": {
      const table = input.table ?? [];
      const found = kappaTest(Float64Array.from(table.flat().map(Number)), table.length, confidence);
      if (found.kind === "undefined") return found;
      const [ci_low, ci_high] = found.interval;
      const { kappa, standardError: se, chanceError: se0, z, p: p_two_sided } = found;
      return { kappa, se, ci_low, ci_high, se0, z, p_two_sided };
    }
    case "fleiss_kappa":
      return numberOf(fleissKappa(input.table as unknown as number[][]));
    case "krippendorff_alpha":
      return numberOf(krippendorffAlpha(input.ratings ?? [], params.level as Level));
    case "roc_auc_ci_delong":
    case "roc_auc_ci_logit": {
      const scale = metric === "roc_auc_ci_logit" ? "logit" : "plain";
      const found = delongInterval(scoreCells(list("y_true"), list("y_score")), confidence, scale);
      if (found.kind === "undefined" || scale === "logit")
        return "interval" in found ? found.interval : found;
      const { auc, variance, interval } = found;
      return { auc, variance, se: Math.sqrt(variance), ci_low: interval[0], ci_high: interval[1] };
    }
    case "binomial_test":
      return binomialTest(
        at("successes"),
        at("n"),
        at("p0"),
        params.alternative === "greater" ? "greater" : "two-sided",
      );
    case "mcnemar":
      return params.exact === true
        ? { p: mcnemarExact(at("b"), at("c")) }
        : mcnemar(at("b"), at("c"), { continuity: params.continuity === true });
    case "mann_whitney_u": {
      const { u, p } = mannWhitney(list("x"), list("y"));
      return { u, p: numberOf(p) };
    }
    case "bernoulli_confidence_sequence":
      return bernoulliConfidenceSequence(
        at("successes"),
        at("n"),
        Number(params.alpha),
        Number(params.t_opt),
        Number(params.alpha_opt),
      );
    case "beta_binomial_log_mixture": {
      const tuning = { variance: at("v_opt"), alpha: at("alpha_opt") };
      return betaBinomialLogMixture(at("s"), at("v"), { below: at("g"), above: at("h") }, tuning);
    }
    case "normal_log_mixture":
      return normalLogMixture(at("s"), at("v"), { variance: at("v_opt"), alpha: at("alpha_opt") });
    case "normal_mixture_best_rho":
      return normalMixtureRho({ variance: at("v_opt"), alpha: at("alpha_opt") });
    case "normal_mixture_bound": {
      const tuning = { variance: at("v_opt"), alpha: at("alpha_opt") };
      return normalMixtureBound(at("v"), at("alpha"), tuning);
    }
    case "cbpe_binary": {
      const called = Array.from(list("y_pred"), (one) => one === 1);
      const found = estimatedPerformance(list("y_proba_calibrated"), called);
      return {
        roc_auc: numberOf(found.rocAuc),
        average_precision: numberOf(found.averagePrecision),
        f1: numberOf(found.f1),
        precision: numberOf(found.precision),
        recall: numberOf(found.recall),
        specificity: numberOf(found.specificity),
        accuracy: numberOf(found.accuracy),
      };
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
    return first(Object.entries(expected).map(([key, one]) => differs(own[key], one, tolerance)));
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
