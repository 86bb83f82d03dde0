import type { MetricParts } from "../../spec/metric-part.ts";
import type { ScoreCells } from "../../stats/roc-auc.ts";
import type { ScoredCells } from "../../stats/score-curves.ts";
import { bounds } from "./bounds.ts";
import { sumOf, undefinedFor, valueFor } from "./cells.ts";
import type { Facts, Metric, MetricInput } from "./metric.ts";
import type { ParamSpec, Params } from "./params.ts";
import { scoreParts } from "./parts.ts";
import { readScores, scoreAggregate, unmetScore } from "./score-cells.ts";

/** A number with its facts, or why there is none. */
export type ScoreResult =
  | { readonly kind: "value"; readonly value: number; readonly facts?: Facts }
  | { readonly kind: "undefined"; readonly because: string };

/** What cells that may hold sums of weights say beside them. */
export interface CellWeights {
  readonly weighted: boolean;
  /** The sums of squared weights in the same places: the counts themselves where rows have none. */
  readonly squares: ScoreCells;
}

export interface ScoreMetric extends Pick<Metric, "name" | "direction" | "range"> {
  readonly aliases?: readonly string[];
  readonly params?: Readonly<Record<string, ParamSpec>>;
  /** Where these are not those of every ranking by a score. */
  readonly parts?: MetricParts;
  /** Scores are probabilities: 0 to 1, or it is undefined. */
  readonly probability?: true;
  readonly unmet?: (input: Pick<MetricInput, "columns" | "params">) => string | null;
  /** Where the facts alone do not say it. */
  readonly bounds?: Pick<Metric, "interval" | "bound">;
  readonly resampled?: Metric["resampled"];
  readonly of: (cells: ScoredCells, params: Params, weights: CellWeights) => ScoreResult;
}

const exact: MetricInput["resolution"] = { kind: "exact" };

/** A metric of the positives and negatives at every distinct score. It always reads scores exactly. */
export function scoreMetric(described: ScoreMetric): Metric {
  const { name, direction, range } = described;
  return {
    name,
    aliases: described.aliases ?? [],
    direction,
    range,
    outputs: described.probability ? ["probability"] : ["probability", "score"],
    params: described.params ?? {},
    parts: described.parts ?? scoreParts,
    unmet: (input) => unmetScore(input.columns) ?? described.unmet?.(input) ?? null,
    aggregate: (input, by) => scoreAggregate({ ...input, resolution: exact }, by),
    finish({ columns, params }, cells) {
      const read = readScores(cells);
      if (read.kind === "undefined") return read;
      const { rows } = read;
      const scores = read.cells.scores;
      const last = scores.length - 1;
      if (described.probability && ((scores[0] ?? 0) < 0 || (scores[last] ?? 0) > 1)) {
        return undefinedFor("a probability is outside of 0..1", rows);
      }
      const counts = { positives: read.positives, negatives: read.negatives };
      const found = described.of(read.cells, params, {
        weighted: columns.weight !== undefined,
        squares: read.squares,
      });
      if (found.kind === "undefined") return undefinedFor(found.because, sumOf(cells, "rows"), counts);
      return valueFor(found.value, rows, { ...counts, ...found.facts });
    },
    ...(described.resampled === undefined ? {} : { resampled: described.resampled }),
    ...(described.bounds ?? bounds),
  };
}

/** Why a metric that compares two classes has no value, or null. */
export function oneClass({ positives, negatives }: ScoredCells): ScoreResult | null {
  const some = (values: Float64Array): boolean => values.some((value) => value > 0);
  if (!some(positives)) return { kind: "undefined", because: "there is no positive row" };
  return some(negatives) ? null : { kind: "undefined", because: "there is no negative row" };
}
