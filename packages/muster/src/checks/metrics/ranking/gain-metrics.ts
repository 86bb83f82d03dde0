import type { Lists } from "../../../query/aggregate.ts";
import { column, type Expression } from "../../../query/expression.ts";
import type { Metric } from "../metric.ts";
import { numberParam, type ParamSpec, type Params } from "../params.ts";
import { both, difference, product } from "../row-conditions.ts";
import {
  atPosition,
  constant,
  indicator,
  type ListTerms,
  position,
  quotient,
  sum,
  within,
} from "./list-terms.ts";
import { cutoff, rankingMetric } from "./ranking-metric.ts";

const gain: ParamSpec = {
  kind: "choice",
  of: ["linear", "exponential"],
  default: "linear",
  says: "linear: the label, as trec_eval and scikit-learn; exponential: 2^label - 1 (Burges et al. 2005), as LightGBM.",
};

/** What a document is worth; labels up to 0 and documents without one are worth nothing. */
function gainOf({ label }: ListTerms, params: Params): Expression {
  const worth = indicator({ kind: "compare", column: label, operator: ">", value: 0 });
  return params.get("gain") === "exponential"
    ? product(worth, difference({ kind: "exponential", base: 2, of: column(label) }, constant(1)))
    : product(worth, column(label));
}

/** Divided by log2(1 + position) (K. Järvelin & J. Kekäläinen, ACM TOIS 20 (2002) 422, as Burges et al. have it). */
const discounted = (of: Expression, at: Expression): Expression =>
  quotient(product(constant(Math.LN2), of), { kind: "log", of: sum(at, constant(1)), floor: 1 });

/** Discounted cumulative gain of the results, and with `ideal` of the best order of all judged documents. */
function reading(
  terms: ListTerms,
  params: Params,
  ideal: boolean,
): Pick<Lists, "windows" | "columns" | "values"> {
  const k = numberParam(params, "k");
  const own = gainOf(terms, params);
  const { windows, at } = atPosition(terms, own);
  const best = column("#best_position");
  const worth = { kind: "compare", column: terms.label, operator: ">", value: 0 } as const;
  const bestOrder = [{ column: terms.label, descending: true, missing: "last" }] as const;
  const bestWithin = Number.isNaN(k)
    ? worth
    : both(worth, { kind: "compare", column: "#best_position", operator: "<=", value: k });
  return {
    windows: { ...windows, ...(ideal ? { "#best_position": { fn: "position", order: bestOrder } } : {}) },
    columns: {},
    values: {
      "#dcg": { fn: "sum", of: discounted(at, position), where: both(terms.retrieved, within(k)) },
      ...(ideal ? { "#ideal": { fn: "sum", of: discounted(own, best), where: bestWithin } } : {}),
    },
  };
}

/** Normalised by the best order of all judged documents, retrieved or not. */
export const ndcg: Metric = rankingMetric({
  name: "ndcg",
  aliases: ["ndcg_cut", "ndcg_score"],
  range: [0, 1],
  params: { k: cutoff, gain },
  averages: true,
  read: (terms, params) => ({
    ...reading(terms, params, true),
    value: quotient(column("#dcg"), column("#ideal")),
  }),
  over: "mean",
});

export const dcg: Metric = rankingMetric({
  name: "dcg",
  aliases: ["dcg_score"],
  range: [0, Number.POSITIVE_INFINITY],
  params: { k: cutoff, gain },
  averages: true,
  read: (terms, params) => ({ ...reading(terms, params, false), value: column("#dcg") }),
  over: "mean",
});
