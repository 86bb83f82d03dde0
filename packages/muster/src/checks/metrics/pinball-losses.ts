import type { Groups } from "../../query/aggregate.ts";
import { column } from "../../query/expression.ts";
import { type QuantileMethod, weightedQuantile } from "../../stats/weighted-quantile.ts";
import { bounds } from "./bounds.ts";
import { columnOf, sumOf, undefinedFor, valueFor } from "./cells.ts";
import type { Metric, MetricColumns, MetricInput, MetricResult } from "./metric.ts";
import { bothNumbers, errorOf } from "./number-columns.ts";
import { numberLoss } from "./number-loss.ts";
import { numberParam, type ParamSpec, type Params } from "./params.ts";
import { quantileMethod, quantileMethodParam } from "./quantile-errors.ts";
import { noBound } from "./resample.ts";
import { absolute, scaled, sum } from "./row-arithmetic.ts";
import { tally } from "./row-conditions.ts";
import { valueCells } from "./value-cells.ts";

const alphaParam: ParamSpec = {
  kind: "number",
  least: 0,
  most: 1,
  default: 0.5,
  says: "The quantile that is predicted.",
};

/**
 * alpha times what the prediction is too low and 1 - alpha times what it is too high (R. Koenker & G. Bassett,
 * Econometrica 46 (1978) 33): the best prediction of it is the alpha quantile.
 */
export const meanPinballLoss: Metric = numberLoss({
  name: "mean_pinball_loss",
  aliases: ["pinball_loss"],
  params: { alpha: alphaParam },
  loss: (columns, params) => pinball(columns, numberParam(params, "alpha")),
});

function pinball(columns: MetricColumns, alpha: number) {
  const error = errorOf(columns);
  const of = sum(scaled(0.5, absolute(error)), scaled(0.5 - alpha, error));
  return { terms: [{ of, where: bothNumbers(columns) }] };
}

/** The share of the pinball loss that the model takes off that of the truths' own alpha quantile. */
function d2(own: Pick<Metric, "name" | "aliases" | "params">, alphaOf: (params: Params) => number): Metric {
  const withAlpha = ({ params, ...rest }: MetricInput): MetricInput => ({
    ...rest,
    params: new Map([...params, ["alpha", alphaOf(params)]]),
  });
  return {
    ...meanPinballLoss,
    ...own,
    direction: "higher",
    range: [Number.NEGATIVE_INFINITY, 1],
    resampled: ({ columns }) => columns.weight !== undefined,
    aggregate(input, by) {
      const { columns } = input;
      const inner = meanPinballLoss.aggregate(withAlpha(input), by);
      return {
        ...inner,
        by: [...by, { kind: "number", of: column(columns.label) }],
        values: { ...inner.values, ...tally(columns, "size", bothNumbers(columns)) },
      };
    },
    finish(input, cells): MetricResult {
      const mean = meanPinballLoss.finish(withAlpha(input), cells);
      if (mean.kind !== "value") return mean;
      const rows = sumOf(cells, "rows");
      if (rows < 2) return undefinedFor("one row has no spread to explain", rows);
      const { lossOf, mean: baseline } = quantileLoss(
        cells,
        alphaOf(input.params),
        quantileMethod(input.params),
      );
      if (!(baseline > 0)) return undefinedFor("the truths' own quantile has no loss", rows);
      const share = mean.value / baseline;
      const facts =
        input.columns.weight === undefined
          ? shareFacts(cells, share, baseline, lossOf)
          : noBound("with weights it needs the units to resample by (data.evaluation.unit_id)");
      return valueFor(1 - share, rows, facts);
    },
    ...bounds,
  };
}

/** The pinball loss of predicting the truths' alpha quantile everywhere: of one truth, and on average. */
function quantileLoss(
  cells: Groups,
  alpha: number,
  method: QuantileMethod,
): { readonly lossOf: (truth: number) => number; readonly mean: number } {
  const { values, weights } = valueCells(cells, columnOf(cells, "size"));
  const at = weightedQuantile(values, weights, alpha, method);
  const lossOf = (truth: number): number => Math.abs(at - truth) / 2 + (0.5 - alpha) * (at - truth);
  let loss = 0;
  let size = 0;
  for (const [i, value] of values.entries()) {
    loss += (weights[i] ?? 0) * lossOf(value);
    size += weights[i] ?? 0;
  }
  return { lossOf, mean: loss / size };
}

/**
 * Facts for the bound of the share of the loss that is left: by its influence function, a row's loss less that share of what
 * the quantile loses on it. That the quantile is estimated, too, adds nothing, as it is where the loss is least.
 */
function shareFacts(
  cells: Groups,
  share: number,
  baseline: number,
  lossOf: (truth: number) => number,
): Readonly<Record<string, number>> {
  const [sizes, losses] = [columnOf(cells, "size"), columnOf(cells, "loss")];
  const rows = sumOf(cells, "size");
  let cross = 0;
  let squares = 0;
  for (let g = 0; g < cells.count; g++) {
    if (!((sizes[g] ?? 0) > 0)) continue;
    const own = lossOf(Number(cells.keys[0]?.[g] ?? Number.NaN));
    cross += own * (losses[g] ?? 0);
    squares += (sizes[g] ?? 0) * own * own;
  }
  const spread = (sumOf(cells, "square") - 2 * share * cross + share * share * squares) / rows;
  return {
    noise_share: share,
    standard_error: Math.sqrt(Math.max(0, spread) / (rows - 1)) / baseline,
    rows,
  };
}

export const d2Pinball: Metric = d2(
  {
    name: "d2_pinball",
    aliases: ["d2_pinball_score"],
    params: { alpha: alphaParam, quantile_method: quantileMethodParam },
  },
  (params) => numberParam(params, "alpha"),
);

export const d2AbsoluteError: Metric = d2(
  {
    name: "d2_absolute_error",
    aliases: ["d2_absolute_error_score"],
    params: { quantile_method: quantileMethodParam },
  },
  () => 0.5,
);
