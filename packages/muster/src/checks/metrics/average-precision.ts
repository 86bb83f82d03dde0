import {
  averagePrecision as averagePrecisionOf,
  averagePrecisionRange,
  averagePrecisionVariance,
} from "../../stats/average-precision.ts";
import { worth } from "../../stats/delong.ts";
import { outward } from "../../stats/roc-auc.ts";
import { bounds } from "./bounds.ts";
import { undefinedFor, valueFor } from "./cells.ts";
import type { Metric } from "./metric.ts";
import { scoreParts } from "./parts.ts";
import { readScores, scoreAggregate, unmetScore } from "./score-cells.ts";

export const averagePrecision: Metric = {
  name: "average_precision",
  aliases: ["ap", "average_precision_score"],
  direction: "higher",
  range: [0, 1],
  outputs: ["probability", "score"],
  params: {
    undefined: {
      kind: "choice",
      of: ["undefined", "sklearn"],
      default: "undefined",
      says: "sklearn: 0 where there is no positive row.",
    },
  },
  parts: scoreParts,
  unmet: ({ columns }) => unmetScore(columns),
  // With weights nobody could tell how far rounded scores are off.
  aggregate: (input, by) =>
    scoreAggregate(
      input.columns.weight === undefined ? input : { ...input, resolution: { kind: "exact" } },
      by,
    ),
  finish({ columns, params, resolution }, cells) {
    const read = readScores(cells);
    if (read.kind === "undefined") return read;
    const { positives, negatives, rows } = read;
    const counts = { positives, negatives };
    const found = averagePrecisionOf(read.cells);
    if (found.kind === "undefined") {
      if (params.get("undefined") === "sklearn") return valueFor(0, rows, counts);
      return undefinedFor(found.because, rows, counts);
    }
    const weighted = columns.weight !== undefined;
    if (resolution.kind === "cells" && !weighted) {
      const [least, most] = averagePrecisionRange(read.cells);
      const halfWidth = outward(Math.max(found.value - least, most - found.value));
      return valueFor(found.value, rows, {
        ...counts,
        average_precision: found.value,
        half_width: halfWidth,
      });
    }
    if (weighted) {
      const [worthP, worthN] = worth(positives, negatives, read.squares);
      const variance = averagePrecisionVariance(read.cells, found.value, read.squares);
      return valueFor(found.value, rows, {
        positives: asSpread(found.value, variance, worthP),
        negatives: worthN,
        average_precision: found.value,
        half_width: 0,
      });
    }
    return valueFor(found.value, rows, { ...counts, average_precision: found.value, half_width: 0 });
  },
  ...bounds,
};

/**
 * As how many positives of equal weight they are taken: what their weights are worth, or as many as the variance of the
 * average precision speaks for where that are fewer (weights that go with the scores).
 */
function asSpread(ap: number, variance: number, worthP: number): number {
  return variance > 0 ? Math.min(worthP, (ap * (1 - ap)) / variance) : worthP;
}
