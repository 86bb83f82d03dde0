import { column } from "../../query/expression.ts";
import { bounds } from "./bounds.ts";
import { columnOf, sumOf, trouble, undefinedFor, valueFor } from "./cells.ts";
import { lossMeasures, meanFacts, meanLoss } from "./mean-loss.ts";
import type { Metric, MetricColumns } from "./metric.ts";
import { bothNumbers, errorOf, numberUpkeep, unmetNumber } from "./number-columns.ts";
import { numberParam } from "./params.ts";

function absolute(columns: MetricColumns) {
  return {
    terms: [{ of: { kind: "absolute", of: errorOf(columns) } as const, where: bothNumbers(columns) }],
  };
}

/**
 * The mean of |error| / |truth|. It reads one cell for each distinct truth, as reads cannot divide. A truth of 0
 * leaves it undefined, unless `epsilon` says by what to divide then; scikit-learn takes 2.2e-16, which lets one
 * such row decide the mean.
 */
export const meanAbsolutePercentageError: Metric = {
  name: "mean_absolute_percentage_error",
  aliases: ["mape"],
  direction: "lower",
  range: [0, Number.POSITIVE_INFINITY],
  outputs: ["number"],
  params: {
    epsilon: {
      kind: "number",
      least: Number.MIN_VALUE,
      most: Number.MAX_VALUE,
      default: null,
      says: "The least to divide by.",
    },
  },
  unmet: ({ columns }) => unmetNumber(columns),
  aggregate: ({ columns }, by) => ({
    table: columns.table,
    by: [...by, { kind: "number", of: column(columns.label) }],
    values: { ...numberUpkeep(columns), ...lossMeasures(columns, absolute(columns)) },
  }),
  finish({ columns, params }, cells) {
    const wrong = trouble(cells);
    if (wrong !== null) return wrong;
    const rows = sumOf(cells, "rows");
    const least = numberParam(params, "epsilon");
    const weighted = columns.weight !== undefined;
    const at = (name: string, g: number): number => columnOf(cells, name)[g] ?? 0;
    const sums = {
      weight: 0,
      weightSquares: 0,
      loss: 0,
      squaredWeightLoss: 0,
      square: 0,
      weightCubes: 0,
      cubedWeightLoss: 0,
      cubedWeightSquare: 0,
      cube: 0,
    };
    for (let g = 0; g < cells.count; g++) {
      const key = cells.keys[0]?.[g] ?? null;
      if (key === null || !((columnOf(cells, "rows")[g] ?? 0) > 0)) continue;
      const size = Math.abs(Number(key));
      if (size === 0 && Number.isNaN(least)) {
        return undefinedFor("the truth of some rows is 0; set epsilon, or use mean_absolute_error", rows);
      }
      const by = Number.isNaN(least) ? size : Math.max(size, least);
      sums.weight += at("weight", g);
      sums.weightSquares += weighted ? at("weight_squares", g) : at("weight", g);
      sums.loss += at("loss", g) / by;
      sums.squaredWeightLoss += (weighted ? at("squared_weight_loss", g) : at("loss", g)) / by;
      sums.square += at("square", g) / by / by;
      sums.weightCubes += weighted ? at("weight_cubes", g) : at("weight", g);
      sums.cubedWeightLoss += (weighted ? at("cubed_weight_loss", g) : at("loss", g)) / by;
      sums.cubedWeightSquare += (weighted ? at("cubed_weight_square", g) : at("square", g)) / by / by;
      sums.cube += at("cube", g) / by / by / by;
    }
    if (sums.weight <= 0) return undefinedFor("all weights are 0", rows);
    const found = meanLoss(sums);
    return valueFor(found.mean, rows, meanFacts(found));
  },
  ...bounds,
};
