import type { Groups, Measure } from "../../query/aggregate.ts";
import { column, type Expression } from "../../query/expression.ts";
import { momentsOfSums } from "../../stats/moments.ts";
import { bounds } from "./bounds.ts";
import { sumOf, undefinedFor, valueFor } from "./cells.ts";
import type { Metric, MetricColumns } from "./metric.ts";
import { bothNumbers, errorOf, predictedColumn } from "./number-columns.ts";
import { numberLoss, type Refusal } from "./number-loss.ts";
import { numberParam, type ParamSpec } from "./params.ts";
import { noBound } from "./resample.ts";
import { constant, divided, ln, minus, positivePart, power, scaled, sum, times } from "./row-arithmetic.ts";

/** The unit deviance of the Tweedie family (B. Jørgensen, JRSS B 49 (1987) 127); of power 0 the squared error. */
function deviance(columns: MetricColumns, p: number): Expression {
  const y = column(columns.label);
  const mu = column(predictedColumn(columns));
  if (p === 0) return times(errorOf(columns), errorOf(columns));
  if (p === 1) return scaled(2, sum(times(y, minus(ln(y), ln(mu))), minus(mu, y)));
  if (p === 2) return scaled(2, sum(minus(ln(mu), ln(y)), divided(y, mu), constant(-1)));
  return scaled(
    2,
    sum(
      scaled(1 / ((1 - p) * (2 - p)), power(positivePart(y), 2 - p)),
      scaled(-1 / (1 - p), times(y, power(mu, 1 - p))),
      scaled(1 / (2 - p), power(mu, 2 - p)),
    ),
  );
}

/** Outside of these the deviance has no value (the ranges of scikit-learn's `mean_tweedie_deviance`). */
function domain(columns: MetricColumns, p: number): readonly Refusal[] {
  const refuse = (name: string, operator: "<" | "<=", says: string): Refusal => ({
    where: { kind: "compare", column: name, operator, value: 0 },
    because: `${name} is ${says}, where power ${p} has no deviance`,
  });
  const predicted = p === 0 ? [] : [refuse(predictedColumn(columns), "<=", "not above 0")];
  if (p >= 2) return [...predicted, refuse(columns.label, "<=", "not above 0")];
  return p >= 1 ? [...predicted, refuse(columns.label, "<", "below 0")] : predicted;
}

const powerParam: ParamSpec = {
  kind: "number",
  least: -100,
  most: 100,
  default: 0,
  says: "0: squared error, 1: Poisson, 2: gamma, 3: inverse Gaussian; none between 0 and 1.",
};

const unmetPower = (p: number): string | null =>
  p > 0 && p < 1 ? "no Tweedie distribution has a power between 0 and 1" : null;

function meanDeviance(name: string, p: number | null): Metric {
  const powerOf = (params: Parameters<typeof numberParam>[0]): number => p ?? numberParam(params, "power");
  return numberLoss({
    name,
    aliases: [],
    params: p === null ? { power: powerParam } : {},
    unmet: ({ params }) => unmetPower(powerOf(params)),
    loss: (columns, params) => ({
      terms: [{ of: deviance(columns, powerOf(params)), where: bothNumbers(columns) }],
    }),
    refuses: (columns, params) => domain(columns, powerOf(params)),
  });
}

export const meanPoissonDeviance: Metric = meanDeviance("mean_poisson_deviance", 1);
export const meanGammaDeviance: Metric = meanDeviance("mean_gamma_deviance", 2);
export const meanTweedieDeviance: Metric = meanDeviance("mean_tweedie_deviance", null);

/** The share of the deviance that the model takes off that of the mean truth: 1 - D(predicted) / D(mean). */
export const d2Tweedie: Metric = {
  ...meanTweedieDeviance,
  name: "d2_tweedie",
  aliases: ["d2_tweedie_score"],
  direction: "higher",
  range: [Number.NEGATIVE_INFINITY, 1],
  aggregate(input, by) {
    const { columns, params } = input;
    const inner = meanTweedieDeviance.aggregate(input, by);
    return { ...inner, values: { ...inner.values, ...truthSums(columns, numberParam(params, "power")) } };
  },
  finish(input, cells) {
    const mean = meanTweedieDeviance.finish(input, cells);
    if (mean.kind !== "value") return mean;
    const rows = sumOf(cells, "rows");
    if (rows < 2) return undefinedFor("one row has no spread to explain", rows);
    const p = numberParam(input.params, "power");
    const baseline = meanDevianceOfTruth(cells, p);
    if (baseline === null) return undefinedFor("all truths are equal", rows);
    const share = mean.value / baseline;
    const facts =
      input.columns.weight === undefined
        ? { noise_share: share, standard_error: shareError(cells, p, share) / baseline, rows }
        : noBound("with weights it needs the units to resample by (data.evaluation.unit_id)");
    return valueFor(1 - share, rows, facts);
  },
  resampled: ({ columns }) => columns.weight !== undefined,
  ...bounds,
};

function truthSums(columns: MetricColumns, p: number): Record<string, Measure> {
  const where = bothNumbers(columns);
  const weight = columns.weight === undefined ? [] : [column(columns.weight)];
  const y = column(columns.label);
  const add = (of: Expression): Measure => ({ fn: "sum", of: times(...weight, of), where });
  const shape =
    p === 0 ? times(y, y) : p === 1 ? times(y, ln(y)) : p === 2 ? ln(y) : power(positivePart(y), 2 - p);
  const sums = { truth: add(y), truth_shape: add(shape), truth_weight: add(constant(1)) };
  if (columns.weight !== undefined) return sums;
  const own = deviance(columns, p);
  return {
    ...sums,
    deviance_truth: add(times(own, y)),
    deviance_shape: add(times(own, shape)),
    truth_square: add(times(y, y)),
    truth_by_shape: add(times(y, shape)),
    shape_square: add(times(shape, shape)),
  };
}

/**
 * The standard error of the mean deviance less a share of that of the truths from their mean, row by row: the influence of
 * a row on the share. That the mean is estimated, too, adds nothing, as it is where the deviance is least. The truth's
 * deviance is `a` shape + `b` truth + `c`. NaN where too few digits are left to tell.
 */
function shareError(cells: Groups, p: number, share: number): number {
  const all = (name: string): number => sumOf(cells, name);
  const n = all("truth_weight");
  const mu = all("truth") / n;
  const [a, b, c] =
    p === 0
      ? [1, -2 * mu, mu * mu]
      : p === 1
        ? [2, -2 * (Math.log(mu) + 1), 2 * mu]
        : p === 2
          ? [-2, 2 / mu, 2 * (Math.log(mu) - 1)]
          : [2 / ((1 - p) * (2 - p)), (-2 * mu ** (1 - p)) / (1 - p), (2 * mu ** (2 - p)) / (2 - p)];
  const squares = all("square");
  const cross = a * all("deviance_shape") + b * all("deviance_truth") + c * all("loss");
  const parts = [
    a * a * all("shape_square"),
    b * b * all("truth_square"),
    n * c * c,
    2 * a * b * all("truth_by_shape"),
    2 * a * c * all("truth_shape"),
    2 * b * c * all("truth"),
  ];
  const ofTruth = parts.reduce((sum, part) => sum + part, 0);
  const spread = squares - 2 * share * cross + share * share * ofTruth;
  const size = squares + share * share * parts.reduce((sum, part) => sum + Math.abs(part), 0);
  return spread > 1e-9 * size ? Math.sqrt(spread / (n - 1) / n) : Number.NaN;
}

/** The mean deviance of the truths from their own mean, null when it is nothing but rounding. */
function meanDevianceOfTruth(cells: Groups, p: number): number | null {
  const n = sumOf(cells, "truth_weight");
  const total = sumOf(cells, "truth");
  const shape = sumOf(cells, "truth_shape");
  const mu = total / n;
  if (p === 0) {
    const moments = momentsOfSums(n, total, shape);
    return moments === null ? null : moments.m2 / n;
  }
  const parts =
    p === 1
      ? [shape, -total * Math.log(mu)]
      : p === 2
        ? [n * Math.log(mu), -shape]
        : [shape / ((1 - p) * (2 - p)), (-total * mu ** (1 - p)) / (1 - p), (n * mu ** (2 - p)) / (2 - p)];
  const sum = parts.reduce((all, part) => all + part, 0);
  // What rounding leaves of equal truths is no spread.
  const noise = 1e-12 * parts.reduce((all, part) => all + Math.abs(part), 0);
  return sum > noise ? (2 * sum) / n : null;
}
