import { describe, expect, test } from "vitest";
import {
  chiSquareContingency,
  chiSquareFit,
  energyDistance,
  entropy,
  gTestFit,
  hellingerDistance,
  jensenShannonDistance,
  type KsOptions,
  klDivergence,
  ks2samp,
  lInfinityDistance,
  populationStabilityIndex,
  wassersteinDistance,
  weightedValues,
} from "../index.ts";
import { readVectors, type Vector } from "./fixtures/vector.ts";

const vectors = readVectors(new URL("./fixtures/drift-vectors.json", import.meta.url));

function say({ metric, input, params }: Vector): unknown {
  const list = (name: string): number[] => (input[name] as number[] | undefined) ?? [];
  const sample = (name: string) => {
    const line = input[`${name}_linspace`] as [number, number, number] | undefined;
    const shift = Number(input[`${name}_shift`] ?? 0);
    if (line === undefined) return weightedValues(list(name).map((value) => value + shift));
    const [from, to, count] = line;
    const step = (to - from) / (count - 1);
    return weightedValues(Array.from({ length: count }, (_, i) => from + i * step + shift));
  };
  const pair = () =>
    (["u", "v"] as const).map((name) => {
      const weights = input[`${name}_weights`] as number[] | null | undefined;
      return weightedValues(list(name), weights ?? undefined);
    }) as [ReturnType<typeof weightedValues>, ReturnType<typeof weightedValues>];
  const base = params.base === "e" || params.base === undefined ? Math.E : Number(params.base);
  switch (metric) {
    case "kl_divergence":
      return klDivergence(list("p"), list("q"));
    case "psi":
      return populationStabilityIndex(list("p"), list("q"));
    case "entropy":
      return entropy(list("p"), base);
    case "jensen_shannon_distance":
      return jensenShannonDistance(list("p"), list("q"), base);
    case "hellinger":
      return hellingerDistance(list("p_counts"), list("q_counts"));
    case "l_infinity":
      return lInfinityDistance(list("p_counts"), list("q_counts"));
    case "wasserstein_1":
      return wassersteinDistance(...pair());
    case "energy_distance":
      return energyDistance(...pair());
    case "chi_square_gof": {
      const expected = input.expected as number[] | undefined;
      return chiSquareFit(list("observed"), expected);
    }
    case "g_test_gof":
      return gTestFit(list("observed"), list("expected"));
    case "chi2_contingency": {
      const { statistic, p, df } = chiSquareContingency(input.table as number[][], { correction: true });
      return { statistic, p, dof: df };
    }
    case "ks_2samp":
      return ks2samp(sample("x"), sample("y"), {
        alternative: params.alternative as Required<KsOptions>["alternative"],
        method: "exact",
      });
    default:
      throw new Error(`no reading of ${metric}`);
  }
}

const numberOf = (value: unknown): number => Number(value);

function expectWithin(got: number, wanted: number, tolerance: number): void {
  expect(Math.abs(got - wanted)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(wanted)));
}

function expectNear(got: unknown, wanted: unknown, tolerance: number): void {
  if (typeof wanted === "object" && wanted !== null) {
    for (const [key, value] of Object.entries(wanted)) {
      expectNear((got as Readonly<Record<string, unknown>>)[key], value, tolerance);
    }
    return;
  }
  const [actual, target] = [numberOf(got), numberOf(wanted)];
  if (!Number.isFinite(target)) expect(actual).toBe(target);
  // Small p-values are compared on a log scale.
  else if (target > 0 && target < 1e-7) expectWithin(Math.log(actual), Math.log(target), tolerance);
  else expectWithin(actual, target, tolerance);
}

describe("distances and tests of drift", () => {
  test.each(vectors.map((vector) => [vector.id, vector] as const))("%s as published", (_, vector) => {
    expectNear(say(vector), vector.expected, vector.tolerance);
  });
});
