import { reliabilityBins } from "../../stats/calibration-curve.ts";
import { calibrationError } from "../../stats/calibration-error.ts";
import { calibrationNoise } from "../../stats/calibration-noise.ts";
import { coxCalibration } from "../../stats/cox-calibration.ts";
import { murphy } from "../../stats/murphy.ts";
import { total } from "../../stats/roc-auc.ts";
import type { ScoredCells } from "../../stats/score-curves.ts";
import { spiegelhalterZ as spiegelhalterOf } from "../../stats/spiegelhalter.ts";
import type { Metric } from "./metric.ts";
import { flagParam, numberParam, type ParamSpec, type Params } from "./params.ts";
import { scoreParts, withoutWeight } from "./parts.ts";
import { oneClass, type ScoreResult, scoreMetric } from "./score-metric.ts";

const binsParam: ParamSpec = { kind: "integer", least: 1, most: 1000, default: 10, says: "How many bins." };
const strategyParam: ParamSpec = {
  kind: "choice",
  of: ["uniform", "quantile"],
  default: "uniform",
  says: "Bins of equal width, or with about equally many rows.",
};
const normParam: ParamSpec = {
  kind: "choice",
  of: ["l1", "l2", "max"],
  default: "l1",
  says: "The mean gap, its root mean square, or the largest.",
};
const signedParam: ParamSpec = { kind: "flag", default: false, says: "Keep the sign." };

const bins = (cells: ScoredCells, params: Params) =>
  reliabilityBins(cells, numberParam(params, "n_bins"), strategyOf(params));

function strategyOf(params: Params): "uniform" | "quantile" {
  return params.get("strategy") === "quantile" ? "quantile" : "uniform";
}

function normOf(params: Params): "l1" | "l2" | "max" {
  const value = params.get("norm");
  return value === "l2" || value === "max" ? value : "l1";
}

/** The gap between score and rate in bins of about equally many rows: no bin is judged by a handful of them. */
export const adaptiveCalibrationError: Metric = scoreMetric({
  name: "adaptive_calibration_error",
  aliases: ["ace"],
  direction: "lower",
  range: [0, 1],
  probability: true,
  params: { n_bins: binsParam, norm: normParam },
  of: (cells, params) =>
    calibrationError(reliabilityBins(cells, numberParam(params, "n_bins"), "quantile"), normOf(params)),
});

const noiseParams: Readonly<Record<string, ParamSpec>> = {
  n_bins: binsParam,
  strategy: { ...strategyParam, default: "quantile" } as ParamSpec,
  norm: normParam,
  replicates: {
    kind: "integer",
    least: 100,
    most: 10_000,
    default: 1000,
    says: "How often labels are drawn.",
  },
  seed: { kind: "integer", least: 0, most: 2 ** 32 - 1, default: 1, says: "Where the draws start." },
};

function noise(cells: ScoredCells, params: Params) {
  return calibrationNoise(
    cells,
    { count: numberParam(params, "n_bins"), strategy: strategyOf(params), norm: normOf(params) },
    numberParam(params, "replicates"),
    numberParam(params, "seed"),
  );
}

const unweighted = ({ columns }: { readonly columns: { readonly weight?: string } }): string | null =>
  columns.weight === undefined ? null : "labels cannot be drawn anew for weighted rows";

/** What is left of the calibration error after what chance alone gives to calibrated scores; below 0 is better than that. */
export const debiasedCalibrationError: Metric = scoreMetric({
  name: "debiased_calibration_error",
  direction: "lower",
  range: [-1, 1],
  probability: true,
  params: noiseParams,
  parts: withoutWeight(scoreParts),
  unmet: unweighted,
  of(cells, params): ScoreResult {
    const found = noise(cells, params);
    if (found.kind === "undefined") return found;
    const { error, floor, p } = found;
    return {
      kind: "value",
      value: error - floor,
      facts: { calibration_error: error, noise_floor: floor, p_value: p },
    };
  },
});

/** The chance that calibrated scores show as large a calibration error. */
export const calibrationPValue: Metric = scoreMetric({
  name: "calibration_p_value",
  direction: "higher",
  range: [0, 1],
  probability: true,
  params: noiseParams,
  parts: withoutWeight(scoreParts),
  unmet: unweighted,
  of(cells, params): ScoreResult {
    const found = noise(cells, params);
    if (found.kind === "undefined") return found;
    return {
      kind: "value",
      value: found.p,
      facts: { calibration_error: found.error, noise_floor: found.floor },
    };
  },
});

/** Facts of a fitted coefficient: about normal with many rows. */
function fitted(cells: ScoredCells, which: "slope" | "intercept", weighted: boolean): ScoreResult {
  const trouble = oneClass(cells);
  if (trouble !== null) return trouble;
  const found = coxCalibration(cells, which);
  if (found.kind === "undefined") return found;
  // The information matrix counts rows; of sums of weights it would mean nothing.
  if (weighted) return { kind: "value", value: found.value };
  const effective_rows = total(cells.positives) + total(cells.negatives);
  const facts = {
    mean: found.value,
    standard_error: found.standardError,
    effective_rows,
    skewness: 0,
    signed: 1,
  };
  return { kind: "value", value: found.value, facts };
}

/** 1 is best: below it scores are too far from the middle, above it too near. */
export const calibrationSlope: Metric = scoreMetric({
  name: "calibration_slope",
  direction: "higher",
  range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  probability: true,
  of: (cells, _, { weighted }) => fitted(cells, "slope", weighted),
});

/** How far, on the logit, rates lie from scores on the whole. Its size decides; above 0 scores are too low. */
export const calibrationIntercept: Metric = scoreMetric({
  name: "calibration_intercept",
  aliases: ["calibration_in_the_large"],
  direction: "lower",
  range: [0, Number.POSITIVE_INFINITY],
  probability: true,
  params: { signed: signedParam },
  of(cells, params, { weighted }) {
    const found = fitted(cells, "intercept", weighted);
    if (found.kind === "undefined" || flagParam(params, "signed")) return found;
    const { signed: _, ...facts } = found.facts ?? {};
    const absolute: Readonly<Record<string, number>> = found.facts === undefined ? {} : { absolute: 1 };
    return { ...found, value: Math.abs(found.value), facts: { ...facts, ...absolute } };
  },
});

/** Beyond 1.96, one in twenty calibrated models would be. */
export const spiegelhalterZ: Metric = scoreMetric({
  name: "spiegelhalter_z",
  direction: "lower",
  range: [0, Number.POSITIVE_INFINITY],
  probability: true,
  params: { signed: signedParam },
  parts: withoutWeight(scoreParts),
  unmet: ({ columns }) => (columns.weight === undefined ? null : "a test statistic has no use for weights"),
  of(cells, params) {
    const found = spiegelhalterOf(cells);
    if (found.kind === "undefined" || flagParam(params, "signed")) return found;
    return { kind: "value", value: Math.abs(found.value) };
  },
});

function partOfBrier(
  name: string,
  direction: Metric["direction"],
  part: keyof ReturnType<typeof murphy>,
  most: number,
): Metric {
  return scoreMetric({
    name,
    direction,
    range: [0, most],
    probability: true,
    params: { n_bins: binsParam, strategy: strategyParam },
    of: (cells, params) => ({ kind: "value", value: murphy(bins(cells, params))[part] }),
  });
}

export const brierReliability: Metric = partOfBrier("brier_reliability", "lower", "reliability", 1);
export const brierResolution: Metric = partOfBrier("brier_resolution", "higher", "resolution", 0.25);
export const brierUncertainty: Metric = partOfBrier("brier_uncertainty", "lower", "uncertainty", 0.25);
