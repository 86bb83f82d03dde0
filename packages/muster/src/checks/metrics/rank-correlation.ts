import type { Groups } from "../../query/aggregate.ts";
import { column } from "../../query/expression.ts";
import {
  kendallTauB as kendallOf,
  type PairCells,
  spearman as spearmanOf,
} from "../../stats/rank-correlation.ts";
import type { Statistic } from "../../stats/statistic.ts";
import { bounds } from "./bounds.ts";
import { columnOf, sumOf, trouble, undefinedFor, valueFor } from "./cells.ts";
import type { Metric } from "./metric.ts";
import { bothNumbers, numberUpkeep, predictedColumn, unmetNumber } from "./number-columns.ts";
import { answerParts } from "./parts.ts";
import { tally } from "./row-conditions.ts";

/** Does the predicted number rise where the true one does? It reads one cell for each distinct pair of them. */
function rankCorrelation(own: Pick<Metric, "name" | "aliases">, of: (cells: PairCells) => Statistic): Metric {
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
    finish(_, cells) {
      const wrong = trouble(cells);
      if (wrong !== null) return wrong;
      const rows = sumOf(cells, "rows");
      const found = of(pairs(cells));
      return found.kind === "undefined" ? undefinedFor(found.because, rows) : valueFor(found.value, rows, {});
    },
    ...bounds,
  };
}

function pairs(cells: Groups): PairCells {
  const sizes = columnOf(cells, "size");
  const kept = Array.from({ length: cells.count }, (_, g) => g).filter((g) => (sizes[g] ?? 0) > 0);
  const keys = (d: number) => Float64Array.from(kept, (g) => Number(cells.keys[d]?.[g] ?? 0));
  return { x: keys(0), y: keys(1), weights: Float64Array.from(kept, (g) => sizes[g] ?? 0) };
}

export const spearman: Metric = rankCorrelation({ name: "spearman", aliases: ["spearmanr"] }, spearmanOf);
export const kendallTauB: Metric = rankCorrelation(
  { name: "kendall_tau_b", aliases: ["kendalltau"] },
  kendallOf,
);
