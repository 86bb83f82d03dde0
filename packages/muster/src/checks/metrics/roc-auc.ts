import { delongErrorSlack, delongVariance, worth } from "../../stats/delong.ts";
import { type PartialAuc, partialRocAuc } from "../../stats/partial-roc-auc.ts";
import { rocAucHalfWidth, rocAuc as rocAucOf } from "../../stats/roc-auc.ts";
import { bounds } from "./bounds.ts";
import { undefinedFor, valueFor } from "./cells.ts";
import type { Metric, MetricInput } from "./metric.ts";
import {
  type AucAverage,
  type MultiClass,
  multiClassAggregate,
  multiClassAuc,
  unmetMultiClass,
} from "./multiclass-auc.ts";
import { numberParam, type Params } from "./params.ts";
import { scoreParts } from "./parts.ts";
import { readScores, scoreAggregate, unmetScore } from "./score-cells.ts";

export const rocAuc: Metric = {
  name: "roc_auc",
  aliases: ["auc", "roc_auc_score", "auroc"],
  direction: "higher",
  range: [0, 1],
  outputs: ["probability", "score"],
  params: {
    max_fpr: {
      kind: "number",
      least: 1e-6,
      most: 1,
      default: null,
      says: "Only the part of the curve up to this false positive rate, standardised.",
    },
    mcclish: {
      kind: "choice",
      of: [true],
      default: true,
      says: "The standardisation of a partial area; scikit-learn has no other either.",
    },
    multi_class: {
      kind: "choice",
      of: ["none", "ovr", "ovo"],
      default: "none",
      says: "Of several classes: each against all others (ovr), or each pair (ovo).",
    },
    average: {
      kind: "choice",
      of: ["macro", "weighted", "micro"],
      default: "macro",
      says: "Of several classes: their plain mean, by their rows, or all scores in one ranking.",
    },
  },
  parts: { ...scoreParts, scores: { when: "multi_class" } },
  unmet({ columns, params }) {
    const how = multiClass(params);
    if (how === null) {
      return columns.scores !== undefined && columns.score === undefined
        ? "of several classes it needs to know how they are compared (multi_class: ovr or ovo)"
        : unmetScore(columns);
    }
    if (numberParam(params, "max_fpr") < 1) return "a part of the curve (max_fpr) is of one class only";
    return unmetMultiClass(columns, how, averageOf(params));
  },
  aggregate: (input, by) =>
    multiClass(input.params) !== null
      ? multiClassAggregate(input.columns, by)
      : // Where the part ends between two scores of a cell nobody could tell.
        scoreAggregate(
          numberParam(input.params, "max_fpr") < 1 ? { ...input, resolution: exact } : input,
          by,
        ),
  finish({ columns, params, resolution }, cells) {
    const how = multiClass(params);
    if (how !== null) return multiClassAuc(columns, cells, how, averageOf(params));
    const read = readScores(cells);
    if (read.kind === "undefined") return read;
    const { positives, negatives, rows } = read;
    // Bounds count rows, so of weights they get as many as these are worth.
    const [worthP, worthN] =
      columns.weight === undefined ? [positives, negatives] : worth(positives, negatives, read.squares);
    const counts = { positives: worthP, negatives: worthN };
    const maxFpr = numberParam(params, "max_fpr");
    if (maxFpr < 1) {
      const part = partialRocAuc(read.cells, maxFpr, read.squares);
      if (part.kind === "undefined") return undefinedFor(part.because, rows, counts);
      return valueFor(part.value, rows, { ...counts, ...partialFacts(part, counts) });
    }
    const found = rocAucOf(read.cells);
    if (found.kind === "undefined") return undefinedFor(found.because, rows, counts);
    const halfWidth = resolution.kind === "cells" ? rocAucHalfWidth(read.cells) : 0;
    const variance = delongVariance(read.cells, found.value, read.squares);
    return valueFor(found.value, rows, {
      ...counts,
      auc: found.value,
      // The largest that it can be, so that a bound from rounded scores holds for the exact ones.
      variance:
        halfWidth > 0 ? (Math.sqrt(variance) + delongErrorSlack(read.cells, read.squares)) ** 2 : variance,
      half_width: halfWidth,
    });
  },
  ...bounds,
};

/** Facts for its bound; only negatives above the end of the part tell something of it. */
function partialFacts(part: PartialAuc, { positives }: { readonly positives: number }) {
  return {
    estimate: part.value,
    standard_error: Math.sqrt(part.variance),
    logit: 1,
    smallest_class: positives,
    rows_within: part.negativesWithin,
    share_rows: positives,
  };
}

const exact: MetricInput["resolution"] = { kind: "exact" };

function multiClass(params: Params): MultiClass | null {
  const value = params.get("multi_class");
  return value === "ovr" || value === "ovo" ? value : null;
}

function averageOf(params: Params): AucAverage {
  const value = params.get("average");
  return value === "weighted" || value === "micro" ? value : "macro";
}
