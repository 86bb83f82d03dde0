import { quantileBounds, rowsBehindQuantile } from "../../stats/order-statistic-bound.ts";
import type { QuantileMethod } from "../../stats/weighted-quantile.ts";
import { weightedQuantile } from "../../stats/weighted-quantile.ts";
import { bounds } from "./bounds.ts";
import { columnOf, sumOf, trouble, undefinedFor, valueFor } from "./cells.ts";
import { keptBounds } from "./kept-bounds.ts";
import type { Metric } from "./metric.ts";
import { bothNumbers, errorOf, numberUpkeep, unmetNumber } from "./number-columns.ts";
import { numberParam, type ParamSpec, type Params } from "./params.ts";
import { answerParts } from "./parts.ts";
import { absolute } from "./row-arithmetic.ts";
import { tally } from "./row-conditions.ts";
import { valueCells } from "./value-cells.ts";

export const quantileMethodParam: ParamSpec = {
  kind: "choice",
  of: ["averaged_inverted_cdf", "inverted_cdf", "linear"],
  default: "averaged_inverted_cdf",
  says: "Which number a quantile is where it falls between two, as numpy names it.",
};

export function quantileMethod(params: Params): QuantileMethod {
  const value = params.get("quantile_method");
  return value === "inverted_cdf" || value === "linear" ? value : "averaged_inverted_cdf";
}

/** A quantile of |error|, from one cell for each distinct one, so it is exact; bounded by other ones of them. */
function quantileOf(
  own: Pick<Metric, "name" | "aliases" | "params">,
  share: (params: Params) => number,
): Metric {
  return {
    ...own,
    direction: "lower",
    range: [0, Number.POSITIVE_INFINITY],
    outputs: ["number"],
    parts: answerParts,
    unmet: ({ columns }) => unmetNumber(columns),
    aggregate: ({ columns }, by) => ({
      table: columns.table,
      by: [...by, { kind: "number", of: absolute(errorOf(columns)) }],
      values: { ...numberUpkeep(columns), ...tally(columns, "size", bothNumbers(columns)) },
    }),
    finish({ columns, params }, cells) {
      const wrong = trouble(cells);
      if (wrong !== null) return wrong;
      const rows = sumOf(cells, "rows");
      const sizes = columnOf(cells, "size");
      const { values, weights } = valueCells(cells, sizes);
      if (values.length === 0) return undefinedFor("all weights are 0", rows);
      const q = share(params);
      const value = weightedQuantile(values, weights, q, quantileMethod(params));
      const squares =
        columns.weight === undefined
          ? weights
          : valueCells(cells, sizes, columnOf(cells, "size_squares")).weights;
      const counted = rowsBehindQuantile({ values, weights, squares }, q, value);
      const bound = keptBounds(quantileBounds({ values, weights }, counted, q));
      return valueFor(value, rows, { ...bound, effective_rows: counted });
    },
    ...bounds,
  };
}

export const medianAbsoluteError: Metric = quantileOf(
  {
    name: "median_absolute_error",
    aliases: ["medae"],
    params: { quantile_method: quantileMethodParam },
  },
  () => 0.5,
);

export const absoluteErrorQuantile: Metric = quantileOf(
  {
    name: "absolute_error_quantile",
    aliases: ["quantile_absolute_error"],
    params: {
      quantile: {
        kind: "number",
        least: 0,
        most: 1,
        default: 0.9,
        says: "Which quantile of the errors' sizes.",
      },
      quantile_method: quantileMethodParam,
    },
  },
  (params) => numberParam(params, "quantile"),
);
