import type { Groups } from "../../query/aggregate.ts";
import { column } from "../../query/expression.ts";
import {
  type Correlation,
  correlationError,
  kendallSlopes,
  type PairCells,
  spearmanSlopes,
} from "../../stats/rank-correlation.ts";
import { bounds } from "./bounds.ts";
import { columnOf, effectiveRows, sumOf, trouble, undefinedFor, valueFor } from "./cells.ts";
import type { Metric } from "./metric.ts";
import { bothNumbers, numberUpkeep, predictedColumn, unmetNumber } from "./number-columns.ts";
import { answerParts } from "./parts.ts";
import { tally } from "./row-conditions.ts";

/** Does the predicted number rise where the true one does? It reads one cell for each distinct pair of them. */
function rankCorrelation(
  own: Pick<Metric, "name" | "aliases">,
  of: (cells: PairCells) => Correlation,
): Metric {
  return {
    ...own,
    direction: "higher",
    range: [-1, 1],
    outputs: ["number"],
    params: {},
    parts: answerParts,
    unmet: ({ columns }) => unmetNumber(columns),
    aggregate: ({ columns }, by) => ({
      table: columns.table,
      by: [
        ...by,
        { kind: "number", of: column(columns.label) },
        { kind: "number", of: column(predictedColumn(columns)) },
      ],
      values: { ...numberUpkeep(columns), ...tally(columns, "size", bothNumbers(columns)) },
    }),
    finish({ columns }, cells) {
      const wrong = trouble(cells);
      if (wrong !== null) return wrong;
      const rows = sumOf(cells, "rows");
      const read = pairs(cells, columns.weight === undefined ? "size" : "size_squares");
      const found = of(read);
      if (found.kind === "undefined") return undefinedFor(found.because, rows);
      const sum = (of: Float64Array): number => of.reduce((all, one) => all + one, 0);
      return valueFor(found.value, rows, {
        estimate: found.value,
        standard_error: correlationError(found.slopes, read.squares),
        fisher: 1,
        rows: effectiveRows(sum(read.weights), sum(read.squares)),
      });
    },
    ...bounds,
  };
}

interface Pairs extends PairCells {
  readonly weights: Float64Array;
  readonly squares: Float64Array;
}

function pairs(cells: Groups, squares: string): Pairs {
  const sizes = columnOf(cells, "size");
  const squared = columnOf(cells, squares);
  const kept = Array.from({ length: cells.count }, (_, g) => g).filter((g) => (sizes[g] ?? 0) > 0);
  const keys = (d: number) => Float64Array.from(kept, (g) => Number(cells.keys[d]?.[g] ?? 0));
  return {
    x: keys(0),
    y: keys(1),
    weights: Float64Array.from(kept, (g) => sizes[g] ?? 0),
    squares: Float64Array.from(kept, (g) => squared[g] ?? 0),
  };
}

export const spearman: Metric = rankCorrelation({ name: "spearman", aliases: ["spearmanr"] }, spearmanSlopes);
export const kendallTauB: Metric = rankCorrelation(
  { name: "kendall_tau_b", aliases: ["kendalltau"] },
  kendallSlopes,
);
