import type { Batch } from "../../../engine/engine.ts";
import { type Derivation, derivedColumn } from "../../../query/derivation.ts";
import { column } from "../../../query/expression.ts";
import { bounds } from "../bounds.ts";
import { sumOf, undefinedFor, valueFor } from "../cells.ts";
import type { Deriver } from "../deriver.ts";
import { type Loss, lossMeasures, meanFacts, readMeanLoss } from "../mean-loss.ts";
import type { Metric, MetricColumns } from "../metric.ts";
import { both } from "../row-conditions.ts";
import { answerColumn, anyLabel, labelTrouble, labelUpkeep, unmetLabels } from "./label-columns.ts";
import { type RowRanking, rankLabels } from "./rank-labels.ts";

/** How well the scores of a row's classes put those first that it has. */
export const labelRanking: Deriver = {
  name: "label_ranking",
  names: () => ["coverage", "average_precision", "loss"],
  derive(batch, { columns, params }) {
    const classes = Number(params.classes);
    const read = (part: string) =>
      Array.from({ length: classes }, (_, k) => numbers(batch, columns[`${part}_${k}`] ?? ""));
    const [labels, scores] = [read("label"), read("score")];
    const found = {
      coverage: new Float64Array(batch.rows).fill(Number.NaN),
      average_precision: new Float64Array(batch.rows).fill(Number.NaN),
      loss: new Float64Array(batch.rows).fill(Number.NaN),
    };
    const truth = new Float64Array(classes);
    const score = new Float64Array(classes);
    for (let i = 0; i < batch.rows; i++) {
      for (let k = 0; k < classes; k++) {
        truth[k] = labels[k]?.[i] ?? Number.NaN;
        score[k] = scores[k]?.[i] ?? Number.NaN;
      }
      const row: RowRanking | null = rankLabels(truth, score);
      if (row === null) continue;
      found.coverage[i] = row.coverage;
      found.average_precision[i] = row.averagePrecision;
      found.loss[i] = row.loss;
    }
    return found;
  },
};

function numbers(batch: Batch, name: string): Float64Array {
  return Float64Array.from(batch.columns[name] ?? [], (cell) => (cell === null ? Number.NaN : Number(cell)));
}

function derivation(columns: MetricColumns): Derivation {
  const labels = columns.labels ?? [];
  return {
    by: labelRanking.name,
    revision: 1,
    columns: Object.fromEntries(
      labels.flatMap((own, k) => [
        [`label_${k}`, own.column],
        [`score_${k}`, answerColumn(columns, own, "scores")],
      ]),
    ),
    params: { classes: labels.length },
  };
}

/** The mean over rows of one of the numbers above. */
function rankingMetric(
  own: Pick<Metric, "name" | "direction" | "range"> & { readonly aliases?: readonly string[] },
  name: string,
): Metric {
  const loss = (columns: MetricColumns): Loss => ({
    terms: [
      {
        of: column(derivedColumn(derivation(columns), name)),
        where: both(anyLabel(columns), {
          kind: "is_finite",
          column: derivedColumn(derivation(columns), name),
        }),
      },
    ],
  });
  return {
    aliases: [],
    ...own,
    outputs: ["probability", "score"],
    params: {},
    parts: { labels: "needed", scores: "needed", weight: "taken" },
    several: true,
    unmet: ({ columns }) => unmetLabels(columns, "scores"),
    derive: ({ columns }) => [derivation(columns)],
    aggregate: ({ columns }, by) => ({
      table: columns.table,
      by,
      values: { ...labelUpkeep(columns, "scores"), ...lossMeasures(columns, loss(columns)) },
    }),
    finish({ columns }, cells) {
      const wrong = labelTrouble(cells);
      if (wrong !== null) return wrong;
      const rows = sumOf(cells, "rows");
      const found = readMeanLoss(columns, cells);
      if (found === null) return undefinedFor("all weights are 0", rows);
      const bounded: Readonly<Record<string, number>> =
        own.range[1] === 1 && columns.weight === undefined ? { bounded: 1 } : {};
      return valueFor(found.mean, rows, { ...meanFacts(found), ...bounded });
    },
    ...bounds,
  };
}

export const coverageError: Metric = rankingMetric(
  { name: "coverage_error", direction: "lower", range: [0, Number.POSITIVE_INFINITY] },
  "coverage",
);
export const labelRankingAveragePrecision: Metric = rankingMetric(
  {
    name: "label_ranking_average_precision",
    aliases: ["lrap", "label_ranking_average_precision_score"],
    direction: "higher",
    range: [0, 1],
  },
  "average_precision",
);
export const labelRankingLoss: Metric = rankingMetric(
  { name: "label_ranking_loss", direction: "lower", range: [0, 1] },
  "loss",
);
