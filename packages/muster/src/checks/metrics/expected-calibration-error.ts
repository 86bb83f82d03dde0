import type { Dimension, Groups } from "../../query/aggregate.ts";
import { column } from "../../query/expression.ts";
import type { Predicate } from "../../query/predicate.ts";
import { gapSpread } from "../../stats/calibration-bound.ts";
import { type CalibrationBin, calibrationError } from "../../stats/calibration-error.ts";
import { bounds } from "./bounds.ts";
import { columnOf, effectiveRows, sumOf, trouble, undefinedFor, valueFor } from "./cells.ts";
import type { Metric, MetricColumns } from "./metric.ts";
import { flagParam, numberParam, type Params } from "./params.ts";
import { scoreParts } from "./parts.ts";
import { both, isPositive, isPresent, labelled, product, tally, upkeep } from "./row-conditions.ts";

/**
 * Bins of equal width. Binary: the positive class's probability against its rate. `top_label`: the predicted
 * class's probability against how often it is right. It is biased upwards by about sqrt(bins / rows), which only the
 * bound from below has to make up for.
 */
export const expectedCalibrationError: Metric = {
  name: "expected_calibration_error",
  aliases: ["ece", "calibration_error"],
  direction: "lower",
  range: [0, 1],
  outputs: ["probability"],
  params: {
    n_bins: { kind: "integer", least: 1, most: 1000, default: 10, says: "How many bins of equal width." },
    norm: {
      kind: "choice",
      of: ["l1", "l2", "max"],
      default: "l1",
      says: "The mean gap, its root mean square, or the largest.",
    },
    top_label: { kind: "flag", default: false, says: "The score is that of the predicted class." },
  },
  parts: { ...scoreParts, prediction: { when: "top_label" } },
  unmet({ columns, params }) {
    if (columns.score === undefined) return "it needs a column with a probability";
    if (flagParam(params, "top_label")) {
      return columns.prediction === undefined ? "top labels need a prediction column" : null;
    }
    return columns.positive === undefined ? "it needs to know which label is the positive one" : null;
  },
  aggregate({ columns, params }, by) {
    const score = columns.score ?? "";
    const top = flagParam(params, "top_label");
    const bin: Dimension = { kind: "cell", of: column(score), per: numberParam(params, "n_bins") };
    const answered = both(isPresent(score), ...predicted(columns, params));
    const outside: Predicate = {
      kind: "any",
      of: [
        { kind: "compare", column: score, operator: "<", value: 0 },
        { kind: "compare", column: score, operator: ">", value: 1 },
      ],
    };
    const where = both(labelled(columns), answered);
    const weighted = columns.weight === undefined ? [] : [column(columns.weight)];
    return {
      table: columns.table,
      by: [...by, bin, ...(top ? classKeys(columns) : [])],
      values: {
        ...upkeep(columns, labelled(columns), answered),
        outside: { fn: "count", where: both(where, outside) },
        ...tally(columns, "weight", where),
        scores: { fn: "sum", of: product(column(score), ...weighted), where },
        ...(top ? {} : tally(columns, "positives", both(isPositive(columns), answered))),
      },
    };
  },
  finish({ columns, params }, cells) {
    const wrong = trouble(cells);
    if (wrong !== null) return wrong;
    const rows = sumOf(cells, "rows");
    const outside = sumOf(cells, "outside");
    if (outside > 0)
      return undefinedFor(`in ${outside} of ${rows} rows a probability is outside of 0..1`, rows);
    const norm = params.get("norm");
    const bins = readBins(cells, numberParam(params, "n_bins"), flagParam(params, "top_label"));
    const found = calibrationError(bins, norm === "l2" || norm === "max" ? norm : "l1");
    return found.kind === "undefined"
      ? undefinedFor(found.because, rows)
      : valueFor(found.value, rows, {
          bins: bins.filter((bin) => bin.rows > 0).length,
          ...(norm === "l1" ? gapFacts(found.value, bins, columns, cells) : {}),
        });
  },
  ...bounds,
};

/** Facts for the bound of the mean gap; none is known of the largest one, which a bin without rows may have. */
function gapFacts(
  gap: number,
  bins: readonly CalibrationBin[],
  columns: MetricColumns,
  cells: Groups,
): Readonly<Record<string, number>> {
  const weight = sumOf(cells, "weight");
  const worth = columns.weight === undefined ? weight : effectiveRows(weight, sumOf(cells, "weight_squares"));
  const { square, lift } = gapSpread(bins, worth);
  return { gap, gap_square: square, gap_lift: lift, rows: worth };
}

function predicted(columns: MetricColumns, params: Params): readonly Predicate[] {
  if (!flagParam(params, "top_label")) return [];
  return [isPresent(columns.prediction ?? "")];
}

function classKeys(columns: MetricColumns): readonly Dimension[] {
  return [
    { kind: "values", column: columns.label },
    { kind: "values", column: columns.prediction ?? "" },
  ];
}

function readBins(cells: Groups, count: number, top: boolean): readonly CalibrationBin[] {
  const bins = Array.from({ length: count }, () => ({ rows: 0, scores: 0, right: 0 }));
  const weights = columnOf(cells, "weight");
  const scores = columnOf(cells, "scores");
  const positives = columnOf(cells, "positives");
  for (let g = 0; g < cells.count; g++) {
    const weight = weights[g] ?? 0;
    const key = cells.keys[0]?.[g] ?? null;
    if (key === null || !(weight > 0)) continue;
    // A score of exactly 1 opens a cell of its own; it belongs to the last bin.
    const bin = bins[Math.min(count - 1, Number(key))];
    if (bin === undefined) continue;
    bin.rows += weight;
    bin.scores += scores[g] ?? 0;
    const hit = cells.keys[1]?.[g];
    if (top) bin.right += hit != null && String(hit) === String(cells.keys[2]?.[g]) ? weight : 0;
    else bin.right += Number.isNaN(positives[g] ?? 0) ? 0 : (positives[g] ?? 0);
  }
  return bins;
}
