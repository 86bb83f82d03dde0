import { column, type Expression } from "../../query/expression.ts";
import type { Predicate } from "../../query/predicate.ts";
import { bounds } from "./bounds.ts";
import { sumOf, trouble, undefinedFor, valueFor } from "./cells.ts";
import { meanFacts } from "./mean-loss.ts";
import type { Metric, MetricColumns } from "./metric.ts";
import { bothNumbers, errorOf, numberUpkeep, predictedColumn, unmetNumber } from "./number-columns.ts";
import { numberLoss } from "./number-loss.ts";
import { numberParam } from "./params.ts";
import { answerParts } from "./parts.ts";
import { type RowRatio, ratioMeasures, readRatio } from "./ratio-of-sums.ts";
import { absolute, constant, divided, scaled, sum } from "./row-arithmetic.ts";
import { both, not } from "./row-conditions.ts";

const truth = (columns: MetricColumns): Expression => absolute(column(columns.label));
const error = (columns: MetricColumns): Expression => absolute(errorOf(columns));

/** Further from 0 than `least`, or as far; the smallest double stands for everything but 0. */
function sized(columns: MetricColumns, least: number): Predicate {
  const name = columns.label;
  return {
    kind: "any",
    of: [
      { kind: "compare", column: name, operator: ">=", value: least },
      { kind: "compare", column: name, operator: "<=", value: -least },
    ],
  };
}

/**
 * The mean of |error| / |truth|. A truth of 0 leaves it undefined, unless `epsilon` says by what to divide then;
 * scikit-learn takes 2.2e-16, which lets one such row decide the mean.
 */
export const meanAbsolutePercentageError: Metric = numberLoss({
  name: "mean_absolute_percentage_error",
  aliases: ["mape"],
  params: {
    epsilon: {
      kind: "number",
      least: Number.MIN_VALUE,
      most: Number.MAX_VALUE,
      default: null,
      says: "The least to divide by.",
    },
  },
  loss(columns, params) {
    const least = numberParam(params, "epsilon");
    const large = sized(columns, Number.isNaN(least) ? Number.MIN_VALUE : least);
    const own = { of: divided(error(columns), truth(columns)), where: both(bothNumbers(columns), large) };
    if (Number.isNaN(least)) return { terms: [own] };
    const floor = divided(error(columns), constant(least));
    return { terms: [own, { of: floor, where: both(bothNumbers(columns), not(large)) }] };
  },
  refuses: (columns, params) =>
    Number.isNaN(numberParam(params, "epsilon"))
      ? [
          {
            where: { kind: "equals", column: columns.label, value: 0 },
            because: "the truth is 0; set epsilon, or use weighted_absolute_percentage_error",
          },
        ]
      : [],
});

/** The mean of 2 |error| / (|truth| + |predicted|), from 0 to 2; a row where both are 0 has no error. */
export const symmetricMeanAbsolutePercentageError: Metric = numberLoss({
  name: "symmetric_mean_absolute_percentage_error",
  aliases: ["smape"],
  range: [0, 2],
  loss(columns) {
    const predicted = predictedColumn(columns);
    const zeros: Predicate = both(
      { kind: "equals", column: columns.label, value: 0 },
      { kind: "equals", column: predicted, value: 0 },
    );
    const share = divided(scaled(2, error(columns)), sum(truth(columns), absolute(column(predicted))));
    return {
      terms: [
        { of: share, where: both(bothNumbers(columns), not(zeros)) },
        { of: constant(0), where: both(bothNumbers(columns), zeros) },
      ],
    };
  },
});

/**
 * The mean |error| in units of `scale`: the mean difference of the training series from itself one period before, as
 * `naiveScale` computes it, so that below 1 is better than repeating the last period (R. J. Hyndman & A. B. Koehler,
 * International Journal of Forecasting 22 (2006) 679).
 */
export const meanAbsoluteScaledError: Metric = numberLoss({
  name: "mean_absolute_scaled_error",
  aliases: ["mase"],
  params: {
    scale: {
      kind: "number",
      least: Number.MIN_VALUE,
      most: Number.MAX_VALUE,
      default: null,
      says: "The mean absolute error of the naive forecast on the training series.",
    },
  },
  unmet: ({ params }) =>
    Number.isNaN(numberParam(params, "scale"))
      ? "it needs the naive forecast's mean absolute error on the training series (scale)"
      : null,
  loss: (columns, params) => ({
    terms: [
      {
        of: divided(error(columns), constant(numberParam(params, "scale"))),
        where: bothNumbers(columns),
      },
    ],
  }),
});

const wapeRatio = (columns: MetricColumns): RowRatio => ({
  over: error(columns),
  under: truth(columns),
  where: bothNumbers(columns),
});

/** The sum of |error| by the sum of |truth|: defined also where some truths are 0. */
export const weightedAbsolutePercentageError: Metric = {
  name: "weighted_absolute_percentage_error",
  aliases: ["wape"],
  direction: "lower",
  range: [0, Number.POSITIVE_INFINITY],
  outputs: ["number"],
  params: {},
  parts: answerParts,
  unmet: ({ columns }) => unmetNumber(columns),
  aggregate: ({ columns }, by) => ({
    table: columns.table,
    by,
    values: { ...numberUpkeep(columns), ...ratioMeasures(columns, wapeRatio(columns)) },
  }),
  finish(_, cells) {
    const wrong = trouble(cells);
    if (wrong !== null) return wrong;
    const rows = sumOf(cells, "rows");
    const found = readRatio(cells);
    if (found === null) return undefinedFor("all truths or all weights are 0", rows);
    return valueFor(found.mean, rows, meanFacts(found));
  },
  ...bounds,
};
