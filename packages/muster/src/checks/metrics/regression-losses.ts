import { column, type Expression } from "../../query/expression.ts";
import { bounds } from "./bounds.ts";
import { largestOf, sumOf, trouble, undefinedFor, valueFor } from "./cells.ts";
import { lossMeasures, meanFacts, readMeanLoss } from "./mean-loss.ts";
import type { Metric, MetricColumns } from "./metric.ts";
import { bothNumbers, errorOf, numberUpkeep, predictedColumn, unmetNumber } from "./number-columns.ts";
import { numberLoss, type Refusal } from "./number-loss.ts";
import { flagParam } from "./params.ts";
import { answerParts, withoutWeight } from "./parts.ts";
import { absolute, constant, ln, minus, sum, times } from "./row-arithmetic.ts";

/** A loss that is the same formula in every row with both numbers. */
const everyRow = (of: (columns: MetricColumns) => Expression) => (columns: MetricColumns) => ({
  terms: [{ of: of(columns), where: bothNumbers(columns) }],
});

const absoluteError = everyRow((columns) => absolute(errorOf(columns)));
const squaredError = everyRow((columns) => times(errorOf(columns), errorOf(columns)));

export const meanAbsoluteError: Metric = numberLoss({
  name: "mean_absolute_error",
  aliases: ["mae"],
  loss: absoluteError,
});

export const meanSquaredError: Metric = numberLoss({
  name: "mean_squared_error",
  aliases: ["mse"],
  loss: squaredError,
});

export const rootMeanSquaredError: Metric = numberLoss({
  name: "root_mean_squared_error",
  aliases: ["rmse"],
  loss: squaredError,
  root: true,
});

const squaredLogError = everyRow((columns) => {
  const logOf = (name: string): Expression => ln(sum(constant(1), column(name)));
  const off = minus(logOf(predictedColumn(columns)), logOf(columns.label));
  return times(off, off);
});

const negatives = (columns: MetricColumns): readonly Refusal[] =>
  [columns.label, predictedColumn(columns)].map((name) => ({
    where: { kind: "compare", column: name, operator: "<", value: 0 },
    because: `${name} is negative, and has no logarithm here`,
  }));

export const meanSquaredLogError: Metric = numberLoss({
  name: "mean_squared_log_error",
  aliases: ["msle"],
  loss: squaredLogError,
  refuses: negatives,
});

export const rootMeanSquaredLogError: Metric = numberLoss({
  name: "root_mean_squared_log_error",
  aliases: ["rmsle"],
  loss: squaredLogError,
  refuses: negatives,
  root: true,
});

/** Predicted minus true on average. Its size decides; `signed` shows the direction. */
export const bias: Metric = {
  name: "bias",
  aliases: ["mean_error"],
  direction: "lower",
  range: [0, Number.POSITIVE_INFINITY],
  outputs: ["number"],
  params: {
    signed: { kind: "flag", default: false, says: "Keep the sign: above 0 where the model says too much." },
  },
  parts: answerParts,
  unmet: ({ columns }) => unmetNumber(columns),
  aggregate: ({ columns }, by) => ({
    table: columns.table,
    by,
    values: { ...numberUpkeep(columns), ...lossMeasures(columns, signedLoss(columns)) },
  }),
  finish({ columns, params }, cells) {
    const wrong = trouble(cells);
    if (wrong !== null) return wrong;
    const rows = sumOf(cells, "rows");
    const found = readMeanLoss(columns, cells);
    if (found === null) return undefinedFor("all weights are 0", rows);
    const facts = meanFacts(found);
    if (flagParam(params, "signed")) return valueFor(found.mean, rows, { ...facts, signed: 1 });
    return valueFor(Math.abs(found.mean), rows, { ...facts, absolute: 1 });
  },
  ...bounds,
};

const signedLoss = everyRow(errorOf);

/** The worst row. Without a bound: the worst of a sample says little of the worst to come. */
export const maxError: Metric = {
  name: "max_error",
  aliases: [],
  direction: "lower",
  range: [0, Number.POSITIVE_INFINITY],
  outputs: ["number"],
  params: {},
  parts: withoutWeight(answerParts),
  unmet: ({ columns }) =>
    unmetNumber(columns) ?? (columns.weight === undefined ? null : "a largest error has no use for weights"),
  aggregate: ({ columns }, by) => ({
    table: columns.table,
    by,
    values: {
      ...numberUpkeep(columns),
      largest: { fn: "max", of: absolute(errorOf(columns)), where: bothNumbers(columns) },
    },
  }),
  finish(_, cells) {
    return trouble(cells) ?? valueFor(largestOf(cells, "largest"), sumOf(cells, "rows"), {});
  },
  ...bounds,
};
