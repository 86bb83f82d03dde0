import type { Aggregate, Dimension, Groups } from "../../../query/aggregate.ts";
import type { Predicate } from "../../../query/predicate.ts";
import { sumOf, undefinedFor, valueFor } from "../cells.ts";
import { type Loss, lossMeasures, meanFacts, readMeanLoss } from "../mean-loss.ts";
import type { MetricColumns, MetricResult } from "../metric.ts";
import { scaled, sum } from "../row-arithmetic.ts";
import { both, tally } from "../row-conditions.ts";
import { shareOfSize } from "../row-share.ts";
import { anyLabel, labelColumns, labelTrouble, labelUpkeep } from "./label-columns.ts";

/** Rows whose every label is right. */
export function exactSetsAggregate(columns: MetricColumns, by: readonly Dimension[]): Aggregate {
  const right = labelColumns(columns).map(
    (own): Predicate => ({
      kind: "any",
      of: [both(own.has, own.predicted), both(own.hasNot, own.notPredicted)],
    }),
  );
  return {
    table: columns.table,
    by,
    values: {
      ...labelUpkeep(columns, "predictions"),
      ...tally(columns, "size", anyLabel(columns)),
      ...tally(columns, "right", both(...right)),
    },
  };
}

/** The share of rows whose every label is right, or the share of the others. */
export function exactSets(columns: MetricColumns, cells: Groups, share: "right" | "wrong"): MetricResult {
  const wrong = labelTrouble(cells);
  if (wrong !== null) return wrong;
  const right = sumOf(cells, "right");
  return shareOfSize(columns, cells, share === "right" ? right : sumOf(cells, "size") - right);
}

function wrongShare(columns: MetricColumns): Loss {
  const classes = labelColumns(columns);
  const wrong = classes.flatMap((own) => [both(own.has, own.notPredicted), both(own.hasNot, own.predicted)]);
  const of = scaled(
    1 / classes.length,
    sum(...wrong.map((where) => ({ kind: "indicator", where }) as const)),
  );
  return { terms: [{ of, where: anyLabel(columns) }] };
}

export function wrongLabelsAggregate(columns: MetricColumns, by: readonly Dimension[]): Aggregate {
  return {
    table: columns.table,
    by,
    values: { ...labelUpkeep(columns, "predictions"), ...lossMeasures(columns, wrongShare(columns)) },
  };
}

/** The share of all labels of all rows that are wrong: the mean of each row's share. */
export function wrongLabels(columns: MetricColumns, cells: Groups): MetricResult {
  const wrong = labelTrouble(cells);
  if (wrong !== null) return wrong;
  const rows = sumOf(cells, "rows");
  const found = readMeanLoss(columns, cells);
  if (found === null) return undefinedFor("all weights are 0", rows);
  const bounded: Readonly<Record<string, number>> = columns.weight === undefined ? { bounded: 1 } : {};
  return valueFor(found.mean, rows, { ...meanFacts(found), ...bounded });
}
