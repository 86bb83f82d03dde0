import {
  averagePrecision as averagePrecisionOf,
  averagePrecisionRange,
} from "../../stats/average-precision.ts";
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
    if (weighted) return valueFor(found.value, rows, { ...counts, half_width: 0 });
    return valueFor(found.value, rows, { ...counts, average_precision: found.value, half_width: 0 });
  },
  ...bounds,
};
