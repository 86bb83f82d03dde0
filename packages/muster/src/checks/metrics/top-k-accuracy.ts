import type { Batch } from "../../engine/engine.ts";
import { type Derivation, derivedColumn } from "../../query/derivation.ts";
import type { Predicate } from "../../query/predicate.ts";
import type { Scalar } from "../../query/scalar.ts";
import { bounds } from "./bounds.ts";
import { sumOf, trouble, undefinedFor } from "./cells.ts";
import type { Deriver } from "./deriver.ts";
import type { Metric, MetricColumns } from "./metric.ts";
import { numberParam } from "./params.ts";
import { both, isPresent, labelled, tally, upkeep } from "./row-conditions.ts";
import { shareOfSize } from "./row-share.ts";

/** The place of the true class among all classes by descending score; of equal scores the later class comes first. */
export const trueClassRank: Deriver = {
  name: "true_class_rank",
  names: () => ["rank"],
  derive(batch, { columns, params }) {
    const classes = (Array.isArray(params.classes) ? params.classes : []).map(String);
    const place = new Map(classes.map((name, k) => [name, k]));
    const scores = classes.map((_, k) => batch.columns[columns[`score_${k}`] ?? ""] ?? []);
    const labels = batch.columns[columns.label ?? ""] ?? [];
    const rank = new Float64Array(batch.rows).fill(Number.NaN);
    for (let i = 0; i < batch.rows; i++) {
      const own = place.get(String(labels[i]));
      if (own !== undefined) rank[i] = rankOf(own, scores, i);
    }
    return { rank };
  },
};

/** NaN when a score is missing. */
function rankOf(own: number, scores: readonly Batch["columns"][string][], i: number): number {
  const at = (k: number): number => Number(scores[k]?.[i] ?? Number.NaN);
  let rank = 1;
  for (let k = 0; k < scores.length; k++) {
    if (!Number.isFinite(at(k))) return Number.NaN;
    if (at(k) > at(own) || (at(k) === at(own) && k > own)) rank++;
  }
  return rank;
}

/** Rank of one class by its scores in columns, as data: equal for every k. */
function derivation(columns: MetricColumns): Derivation {
  const scores = columns.scores ?? [];
  return {
    by: trueClassRank.name,
    revision: 1,
    columns: Object.fromEntries([
      ["label", columns.label],
      ...scores.map((own, k) => [`score_${k}`, own.column] as const),
    ]),
    params: { classes: scores.map((own): Scalar => own.class) },
  };
}

/** The share of rows whose true class is among the k of the highest scores. */
export const topKAccuracy: Metric = {
  name: "top_k_accuracy",
  aliases: ["top_k_accuracy_score"],
  direction: "higher",
  range: [0, 1],
  outputs: ["probability", "score"],
  params: {
    k: { kind: "integer", least: 1, most: 1000, default: 2, says: "How many classes may be named." },
    ties: {
      kind: "choice",
      of: ["highest_label_first"],
      default: "highest_label_first",
      says: "Of equal scores the class that is listed last comes first, as in scikit-learn.",
    },
  },
  parts: { label: "taken", scores: "needed", weight: "taken" },
  unmet({ columns }) {
    const { scores } = columns;
    if (scores === undefined || scores.length < 2)
      return "it needs the score columns of at least two classes";
    const distinct = new Set(scores.map((one) => String(one.class)));
    return distinct.size < scores.length ? "a class has more than one score column" : null;
  },
  derive: ({ columns }) => [derivation(columns)],
  aggregate({ columns, params }, by) {
    const rank = derivedColumn(derivation(columns), "rank");
    const scored = both(...(columns.scores ?? []).map((one) => isPresent(one.column)));
    const near: Predicate = {
      kind: "compare",
      column: rank,
      operator: "<=",
      value: numberParam(params, "k"),
    };
    const where = both(labelled(columns), scored);
    const unlisted = both(where, { kind: "not", of: isPresent(rank) });
    return {
      table: columns.table,
      by,
      values: {
        ...upkeep(columns, labelled(columns), scored),
        unlisted: { fn: "count", where: unlisted },
        ...tally(columns, "size", where),
        ...tally(columns, "near", both(where, isPresent(rank), near)),
      },
    };
  },
  finish({ columns }, cells) {
    const wrong = trouble(cells);
    if (wrong !== null) return wrong;
    const rows = sumOf(cells, "rows");
    const unlisted = sumOf(cells, "unlisted");
    if (unlisted > 0)
      return undefinedFor(`in ${unlisted} of ${rows} rows the class has no score column`, rows);
    return shareOfSize(columns, cells, sumOf(cells, "near"));
  },
  ...bounds,
};
