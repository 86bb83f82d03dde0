import type { Dimension, Groups } from "../../query/aggregate.ts";
import { column } from "../../query/expression.ts";
import { type PairedCells, pairedDelong } from "../../stats/paired-delong.ts";
import { rocAucHalfWidth } from "../../stats/roc-auc.ts";
import { bounds } from "./bounds.ts";
import { columnOf, sumOf, trouble, undefinedFor, valueFor } from "./cells.ts";
import type { Metric, MetricColumns, Resolution } from "./metric.ts";
import { both, isNegative, isPositive, isPresent, labelled, tally, upkeep } from "./row-conditions.ts";
import { unmetScore } from "./score-cells.ts";

/**
 * By how much the score's ROC AUC is above the baseline's, on the same rows. The pairing makes it far sharper than
 * two AUCs compared, and takes the baseline's own noise into account, which a quoted number hides.
 */
export const rocAucGain: Metric = {
  name: "roc_auc_gain",
  aliases: ["auc_gain"],
  direction: "higher",
  range: [-1, 1],
  outputs: ["probability", "score"],
  params: {},
  parts: { label: "taken", score: "taken", baseline: "needed" },
  unmet({ columns }) {
    if (columns.baseline === undefined) return "it needs a baseline column to compare with";
    if (columns.weight !== undefined) return "paired AUCs cannot be compared with weights";
    return unmetScore(columns);
  },
  aggregate({ columns, resolution }, by) {
    const answered = both(isPresent(columns.score ?? ""), isPresent(columns.baseline ?? ""));
    return {
      table: columns.table,
      by: [...by, key(columns.score, resolution), key(columns.baseline, resolution)],
      values: {
        ...upkeep(columns, labelled(columns), answered),
        ...tally(columns, "positives", both(isPositive(columns), answered)),
        ...tally(columns, "negatives", both(isNegative(columns), answered)),
      },
    };
  },
  finish({ resolution }, cells) {
    const wrong = trouble(cells);
    if (wrong !== null) return wrong;
    const rows = sumOf(cells, "rows");
    const counts = { positives: sumOf(cells, "positives"), negatives: sumOf(cells, "negatives") };
    const found = pairedDelong(paired(cells));
    if (found.kind === "undefined") return undefinedFor(found.because, rows, counts);
    const halfWidth = resolution.kind === "cells" ? slack(cells, 0) + slack(cells, 1) : 0;
    return valueFor(found.difference, rows, {
      ...counts,
      gain: found.difference,
      variance: found.variance,
      score_auc: found.a,
      baseline_auc: found.b,
      half_width: halfWidth,
    });
  },
  ...bounds,
};

function key(name: MetricColumns["score"], resolution: Resolution): Dimension {
  const of = column(name ?? "");
  return resolution.kind === "exact" ? { kind: "number", of } : { kind: "cell", of, per: resolution.per };
}

function paired(cells: Groups): PairedCells {
  const kept = Array.from({ length: cells.count }, (_, g) => g).filter(
    (g) => (cells.keys[0]?.[g] ?? null) !== null && (cells.keys[1]?.[g] ?? null) !== null,
  );
  const keys = (d: number) => Float64Array.from(kept, (g) => Number(cells.keys[d]?.[g] ?? 0));
  const counts = (name: string) => Float64Array.from(kept, (g) => columnOf(cells, name)[g] ?? 0);
  return { a: keys(0), b: keys(1), positives: counts("positives"), negatives: counts("negatives") };
}

/** What the cells of one of the two scores leave open. */
function slack(cells: Groups, d: number): number {
  const merged = new Map<number, { p: number; n: number }>();
  const positives = columnOf(cells, "positives");
  const negatives = columnOf(cells, "negatives");
  for (let g = 0; g < cells.count; g++) {
    const own = Number(cells.keys[d]?.[g] ?? 0);
    const cell = merged.get(own) ?? { p: 0, n: 0 };
    merged.set(own, { p: cell.p + (positives[g] ?? 0), n: cell.n + (negatives[g] ?? 0) });
  }
  return rocAucHalfWidth({
    positives: Float64Array.from(merged.values(), ({ p }) => p),
    negatives: Float64Array.from(merged.values(), ({ n }) => n),
  });
}
